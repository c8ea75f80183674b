import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { startNext, untilAnswered } from '../dev/next-server';
import { findPort } from '../dev/ports';
import { requestSignInLink } from '../dev/sign-in-link';
import { demoUser, seed } from '../prisma/seed';
import { browserArguments } from '../test/support/browser-arguments';
import { cleanEnvironment } from '../test/support/clean-environment';
import { findBrowser } from '../test/support/find-browser';
import { followSignInLink } from '../test/support/people';
import { startTestStandIns } from '../test/support/stand-ins';
import { animatedPng, type Frame } from './animated-png';

const ROOT = path.resolve(import.meta.dirname, '..');
const PICTURES = path.join(ROOT, 'docs/images');
const SIZE = { width: 1200, height: 760 };

/** `npm run screenshots`, after `npm run build`: the pictures of the README, from the running app. */
async function main(): Promise<void> {
  cleanEnvironment(ROOT, process.env);
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('There is no browser to take pictures with.');
  const port = await findPort('', 3900);
  const appUrl = `http://localhost:${port}`;
  const standIns = await startTestStandIns(appUrl);
  const next = startNext('start', port, process.env, (line) => console.log(line));
  await untilAnswered(next, port);
  await seed();
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  await mkdir(PICTURES, { recursive: true });
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: SIZE, reducedMotion: 'reduce' });
      await followSignInLink(
        page,
        await requestSignInLink({
          appUrl,
          inboxUrl: standIns.urls.inbox ?? '',
          email: demoUser.email,
          callbackPath: '/billing',
        }),
      );
      const frames = await roundTrip(page);
      const write = (name: string, picture: Buffer | undefined) =>
        writeFile(path.join(PICTURES, `${name}-${colorScheme}.png`), picture ?? '');
      await write('billing', frames[0]?.png);
      await write('round-trip', animatedPng(frames));
      await page.close();
    }
  } finally {
    await browser.close();
    await next.stop();
    await standIns.close();
  }
}

/** From the billing page to the portal, a cancellation there, and back. */
async function roundTrip(page: Page): Promise<Frame[]> {
  const frames: Frame[] = [];
  const shoot = async (seconds: number) => {
    await page.mouse.move(0, 0);
    frames.push({ png: await page.screenshot(), seconds });
  };
  await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
  await shoot(2.5);
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await page.getByRole('link', { name: 'Cancel subscription' }).waitFor();
  await shoot(2);
  await page.getByRole('link', { name: 'Cancel subscription' }).click();
  await page.getByRole('button', { name: 'Cancel subscription' }).waitFor();
  await shoot(2);
  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await page.getByRole('link', { name: /^Return to / }).click();
  await page.getByText('Ending', { exact: true }).waitFor();
  await shoot(4);
  await page.getByRole('button', { name: 'Keep plan' }).click();
  await page.getByText('Next payment').waitFor();
  return frames;
}

await main();
process.exit();
