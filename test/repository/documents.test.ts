import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../support/run-command';

// What the documents say about the repository is true: files, commands, variables, folders.

const documents = [
  ...pagesIn('.'),
  ...pagesIn('docs'),
  ...pagesIn('packages/stripe-emulator'),
  ...pagesIn('test/chaos'),
];
/** A changelog also names what is gone. */
const current = documents.filter((document) => !document.endsWith('CHANGELOG.md'));

it.each(current)('every npm script that %s names exists, and so does its program', (document) => {
  for (const [command, run, own, workspace] of read(document).matchAll(
    /npm (?:run ([\w-]+)|(test|start)\b)(?: -w ([\w-]+))?/g,
  )) {
    const folder = workspace ? `packages/${workspace}` : '.';
    const script = scriptsOf(folder)[run ?? own ?? ''];
    expect(script, command).toBeDefined();
    const programs = script?.match(/\S+\.(ts|mjs)\b/g) ?? [];
    const missing = programs.filter(
      (program) => !existsSync(path.join(folder, program)) && !existsSync(program),
    );
    expect(missing).toEqual([]);
  }
});

it.each(documents)('every file that %s links to exists', (document) => {
  const links = [...read(document).matchAll(/(?:\]\(|src="|srcset=")([^)"\s]+)/g)]
    .map(([, link]) => decodeURIComponent(link ?? ''))
    .filter((link) => !/^[a-z]+:/.test(link));
  const missing = links.filter((link) => {
    const [file = '', heading] = link.split('#');
    const target = file ? path.join(path.dirname(document), file) : document;
    if (!existsSync(target)) return true;
    return heading !== undefined && !headingsOf(target).includes(heading);
  });
  expect(missing).toEqual([]);
});

it.each(current)('every path and file name in %s exists', (document) => {
  const folders = new Set(foldersIn('.'));
  const files = new Set(filesIn('.').map((file) => path.basename(file)));
  const missing = codeIn(document).filter((code) => {
    const [first = '', ...others] = code.split('/');
    // A package's document names paths from the package's own folder.
    const places = [code, path.join(path.dirname(document), code)];
    if (others.length > 0) return folders.has(first) && !places.some((place) => existsSync(place));
    return /^[\w-]+\.(tsx?|mjs|md)$/.test(code) && !files.has(code);
  });
  expect(missing).toEqual([]);
});

it.each(current)('every variable that %s names is one that something reads', (document) => {
  const known = ['lib/env.ts', '.env.example', 'compose.yaml', 'playwright.config.ts']
    .concat(filesIn('test').filter((file) => file.endsWith('.ts')))
    .concat(filesIn('packages/stripe-emulator').filter((file) => file.endsWith('.ts')))
    .map(read)
    .join('\n');
  const named = read(document).match(/(?<![\w/.{%-])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?!\w)/g) ?? [];
  const unknown = named.filter((name) => !new RegExp(`\\b${name}\\b`).test(known));
  expect([...new Set(unknown)]).toEqual([]);
});

it('every billing command that the documents name exists, with its options', async () => {
  const { out, err } = await runCommand('scripts/billing.ts', []);
  const usage = out + err;
  const named = current.flatMap((document) => [
    ...read(document).matchAll(/npm run billing -- ([\w-]+)((?: --[\w-]+)*)/g),
  ]);
  expect(named.length).toBeGreaterThan(0);
  for (const [command, name, options = ''] of named) {
    expect(usage, command).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const option of options.trim().split(' ')) expect(usage, command).toContain(option);
  }
});

it('README.md describes every folder', () => {
  const [, layout = ''] = read('README.md').split('## Layout');
  const missing = foldersIn('.').filter((folder) => !layout.includes(`| \`${folder}`));
  expect(missing).toEqual([]);
});

it('README.md describes every npm script', () => {
  const missing = Object.keys(scriptsOf('.')).filter(
    (name) => !new RegExp(`\`npm (run )?${name}\\b`).test(read('README.md')),
  );
  expect(missing).toEqual([]);
});

it('.env.example has every variable that the app reads', () => {
  const variables = [...read('lib/env.ts').matchAll(/^ {4}([A-Z][A-Z_]+):/gm)];
  expect(variables.length).toBeGreaterThan(10);
  const missing = variables.filter(([, name]) => !read('.env.example').includes(`\n${name}=`));
  expect(missing.map(([, name]) => name)).toEqual([]);
});

it('AGENTS.md is short', () => {
  expect(read('AGENTS.md').split(/\s+/).length).toBeLessThanOrEqual(400);
});

it('.nvmrc and the image name the same version of Node, and CI tests it', () => {
  const version = read('.nvmrc').trim();
  const images = [...read('Dockerfile').matchAll(/^FROM node:(\d+)/gm)];
  expect(images.map(([, used]) => used)).toEqual([version, version]);
  expect(read('.github/workflows/ci.yml')).toContain(`"${version}"`);
});

function pagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(folder, file));
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** The pieces of code in a document's sentences, as far as they can be a path. */
function codeIn(document: string): string[] {
  const text = read(document).replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/`([\w@.()[\]/-]+)`/g)].map(([, code = '']) => code);
}

/** The anchors that GitHub gives a document's headings. */
function headingsOf(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function scriptsOf(folder: string): Record<string, string> {
  const manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
  return manifest.parse(JSON.parse(read(path.join(folder, 'package.json')))).scripts;
}

/** Without hidden folders and those that programs write. */
function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter(
      (name) => !/^(\.|node_modules$|dist$|generated$|test-results$|playwright-report$)/.test(name),
    );
}

function filesIn(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [
    ...files.map(({ name }) => path.join(folder, name)),
    ...foldersIn(folder).flatMap((name) => filesIn(path.join(folder, name))),
  ];
}
