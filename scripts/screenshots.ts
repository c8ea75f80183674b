import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import { startNext, untilAnswered } from '../dev/next-server';
import { findPort } from '../dev/ports';
import { requestSignInLink } from '../dev/sign-in-link';
import { demoUser, seed } from '../prisma/seed';
import { browserArguments } from '../test/support/browser-arguments';
import { cleanEnvironment } from '../test/support/clean-environment';
import { findBrowser } from '../test/support/find-browser';
import { followSignInLink } from '../test/support/people';
import { startTestStandIns } from '../test/support/stand-ins';

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
      const page = await browser.newPage({ colorScheme, viewport: SIZE, deviceScaleFactor: 1.5 });
      const shoot = (name: string) =>
        page.screenshot({ path: path.join(PICTURES, `${name}-${colorScheme}.png`) });
      await followSignInLink(
        page,
        await requestSignInLink({
          appUrl,
          inboxUrl: standIns.urls.inbox ?? '',
          email: demoUser.email,
          callbackPath: '/billing',
        }),
      );
      await shoot('billing');
      await page.getByRole('button', { name: 'Manage billing' }).click();
      await page.getByRole('heading', { name: 'Current subscription' }).waitFor();
      await shoot('portal');
      await page.close();
    }
  } finally {
    await browser.close();
    await next.stop();
    await standIns.close();
  }
}

await main();
process.exit();
