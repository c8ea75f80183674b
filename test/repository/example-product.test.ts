import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeExample } from './example-product';

// The quick part of the proof that the example product can be removed. The whole one builds and tests
// the app without it: npm run remove-example -- --check

/** Everything that can mention it. */
const PLACES = ['app', 'components', 'e2e', 'lib', 'prisma', 'scripts', 'test', 'docs', '.ci'];
const FILES = ['CONTRIBUTING.md', 'README.md', 'package.json', 'AGENTS.md'];

let copy = '';

afterEach(() => rm(copy, { recursive: true, force: true }));

it('no file mentions the example product any more once it is removed', async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'without-example-'));
  const isOurs = (file: string) => !file.includes('generated');
  for (const place of [...PLACES, ...FILES]) {
    await cp(place, path.join(copy, place), { recursive: true, filter: isOurs });
  }
  await removeExample(copy);
  const mentions: string[] = [];
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes('migrations')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    const found = /\/projects\b|api-keys|api-user|\bApiKey\b|\.project\.|remove-example/.exec(text);
    if (found) mentions.push(`${path.relative(copy, file)}: ${found[0]}`);
  }
  expect(mentions).toEqual([]);
});
