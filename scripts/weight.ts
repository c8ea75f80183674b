import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { buildNext, type NextServer, startNext, untilAnswered } from '../dev/next-server';
import { findPort } from '../dev/ports';
import { requestSignInLink } from '../dev/sign-in-link';
import { demoUser, seed } from '../prisma/seed';
import { browserArguments } from '../test/support/browser-arguments';
import { cleanEnvironment } from '../test/support/clean-environment';
import { findBrowser } from '../test/support/find-browser';
import { followSignInLink } from '../test/support/people';
import { startTestStandIns } from '../test/support/stand-ins';

const ROOT = path.resolve(import.meta.dirname, '..');
/** In bytes, for any page: its scripts beyond those of an empty page, and its styles. */
const BUDGET = { script: 8_500, style: 15_000 };
const OPEN_PAGES = ['/', '/pricing', '/sign-in', '/sign-in?sent=1', '/no-such-page'];
const OWN_PAGES = [
  '/dashboard',
  '/billing',
  '/billing/switch?plan=team&interval=month',
  '/settings',
];
/** Below the root, so that it finds our packages. */
const TEMPORARY = '.dev';
const EMPTY_APP = {
  'app/layout.js':
    'export default function Layout({ children }) { return <html><body>{children}</body></html>; }',
  'app/page.js': 'export default function Page() { return null; }',
};

/** What a page loads: bytes, each file compressed with gzip. */
type Weight = { script: number; style: number };

/** `npm run weight`: each page beside an empty one of the same Next. Ends with 1 when over budget. */
async function main(): Promise<number> {
  cleanEnvironment(ROOT, process.env);
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('There is no browser to load the pages with.');
  const port = await findPort('', 3900);
  const appUrl = `http://localhost:${port}`;
  const standIns = await startTestStandIns(appUrl);
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const floor = await weighEmptyPage(browser, await findPort('', 3900));
    await buildNext('.');
    const next = await serve('.', port);
    const pages = await weighPages(browser, appUrl, standIns.urls.inbox ?? '');
    await next.stop();
    console.log(table(floor, pages));
    const tooHeavy = pages.filter(
      ([, { script, style }]) => script - floor.script > BUDGET.script || style > BUDGET.style,
    );
    for (const [page] of tooHeavy) console.error(`${page} is over its budget.`);
    console.log(`${pages.length - tooHeavy.length} passed, ${tooHeavy.length} failed`);
    return tooHeavy.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await standIns.close();
  }
}

/** What Next itself weighs, with our configuration. */
async function weighEmptyPage(browser: Browser, port: number): Promise<Weight> {
  await mkdir(TEMPORARY, { recursive: true });
  const folder = await mkdtemp(path.join(TEMPORARY, 'empty-page-'));
  try {
    await mkdir(path.join(folder, 'app'));
    for (const [file, text] of Object.entries(EMPTY_APP)) {
      await writeFile(path.join(folder, file), text);
    }
    await buildNext(folder);
    const next = await serve(folder, port);
    const weight = await weigh(await browser.newContext(), `http://localhost:${port}/`);
    await next.stop();
    return weight;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Our pages, as the demo user finds them, who has a plan and an invoice. */
async function weighPages(
  browser: Browser,
  appUrl: string,
  inboxUrl: string,
): Promise<[page: string, weight: Weight][]> {
  await seed();
  const context = await browser.newContext();
  const weights: [string, Weight][] = [];
  for (const page of OPEN_PAGES) weights.push([page, await weigh(context, appUrl + page)]);
  const signIn = { appUrl, inboxUrl, email: demoUser.email, callbackPath: '/dashboard' };
  await followSignInLink(await context.newPage(), await requestSignInLink(signIn));
  for (const page of OWN_PAGES) weights.push([page, await weigh(context, appUrl + page)]);
  return weights;
}

/** Everything that a browser loads for a page, also ahead of the clicks that may come. */
async function weigh(context: BrowserContext, url: string): Promise<Weight> {
  const page = await context.newPage();
  // Nothing is taken from the cache that an earlier page has filled.
  await page.route('**', (route) => route.continue());
  const files = new Map<string, { kind: keyof Weight; body: Promise<Buffer> }>();
  page.on('response', (response) => {
    const kind = kindOf(response.request().resourceType());
    if (kind) files.set(response.url(), { kind, body: response.body() });
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const weight = { script: 0, style: 0 };
  for (const { kind, body } of files.values()) weight[kind] += gzipSync(await body).length;
  await page.close();
  return weight;
}

function kindOf(resourceType: string): keyof Weight | null {
  if (resourceType === 'script') return 'script';
  return resourceType === 'stylesheet' ? 'style' : null;
}

function table(floor: Weight, pages: [page: string, weight: Weight][]): string {
  const width = Math.max(...pages.map(([page]) => page.length));
  const line = (name: string, ...cells: string[]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(14))].join('');
  return [
    line('gzip, kB', 'scripts', 'over the floor', 'styles'),
    line('an empty page', kilobytes(floor.script), '', kilobytes(floor.style)),
    ...pages.map(([page, { script, style }]) =>
      line(page, kilobytes(script), kilobytes(script - floor.script), kilobytes(style)),
    ),
    line('at most', '', kilobytes(BUDGET.script), kilobytes(BUDGET.style)),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

async function serve(folder: string, port: number): Promise<NextServer> {
  const next = startNext('start', port, process.env, () => {}, folder);
  await untilAnswered(next, port);
  return next;
}

process.exit(await main());
