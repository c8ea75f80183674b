import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { browserArguments } from './browser-arguments';

/** A download that says nothing for so long is given up: there may be no internet. */
const SILENCE_MILLISECONDS = 60_000;

/** The first has no windows and needs less of the processor. */
const LINUX_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * Finds a Chromium that starts: Playwright's own, else an installed one, else one it installs.
 *
 * @returns the path of its program, or undefined, having said on stderr what to do
 */
export async function findBrowser(): Promise<string | undefined> {
  for (const program of [chromium.executablePath(), ...installedPrograms()]) {
    if (await starts(program)) return program;
  }
  console.error('No browser found; installing Chromium (once) …');
  await runQuietly(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
  });
  if (await starts(chromium.executablePath())) return chromium.executablePath();
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('apt-get', ['update'], quietly);
    for (const name of ['chromium-headless-shell', 'chromium']) {
      await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name], quietly);
      for (const program of installedPrograms()) if (await starts(program)) return program;
    }
  }
  console.error(
    'The browser tests need Chromium or Chrome, and none could be installed. Install either, or run `npx playwright install --with-deps chromium`, then try again.',
  );
  return undefined;
}

function installedPrograms(): string[] {
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ];
    case 'win32':
      return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          path.join(folder, 'Google/Chrome/Application/chrome.exe'),
          path.join(folder, 'Chromium/Application/chrome.exe'),
          path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ]);
    default:
      return LINUX_NAMES.flatMap((name) =>
        (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
      );
  }
}

/** Whether it is there and all that it needs is too. */
async function starts(executablePath: string): Promise<boolean> {
  if (!existsSync(executablePath)) return false;
  try {
    const browser = await chromium.launch({
      executablePath,
      args: browserArguments,
      timeout: 20_000,
    });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** Runs a program to its end, or until it has been silent for too long. */
function runQuietly(
  program: string,
  programArguments: string[],
  environment: Record<string, string>,
): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const giveUp = () => child.kill('SIGKILL');
    let timer = setTimeout(giveUp, SILENCE_MILLISECONDS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', () => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, SILENCE_MILLISECONDS);
      });
    }
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    child.on('error', done);
    child.on('close', done);
  });
}
