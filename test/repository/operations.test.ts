import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

// What docs/operations.md and docs/security.md say is to be found in the code.

const sources = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/generated|\.test\./.test(file))
    .map((file) => read(path.join(folder, file))),
);

it('every event that docs/operations.md explains is one that the app logs', () => {
  const explained = firstColumn(section('docs/operations.md', '| event in the log |'));
  expect(explained.length).toBeGreaterThan(5);
  const missing = explained.filter(
    (event) => !sources.some((source) => source.includes(`'${event}'`)),
  );
  expect(missing).toEqual([]);
});

it('every number that docs/operations.md says to watch is one that there is', () => {
  const watched = firstColumn(section('docs/operations.md', '| number |'));
  expect(watched.length).toBeGreaterThan(5);
  const numbers = read('lib/billing/repair/numbers.ts');
  const missing = watched
    .flatMap((name) => name.split('.'))
    .filter((name) => !new RegExp(`\\b${name}\\??:`).test(numbers));
  expect(missing).toEqual([]);
});

it('every test that docs/security.md names exists under that title', () => {
  const rows = section('docs/security.md', '| who |').map((row) => row.split(' | ').at(-1) ?? '');
  expect(rows.length).toBeGreaterThan(10);
  const missing = rows.filter((shown) => {
    const [, file = '', title = ''] = /^\[[\w-]+\]\(\.\.\/(.*?)\): (.*?) \|$/.exec(shown) ?? [];
    return !title || !existsSync(file) || !read(file).includes(title);
  });
  expect(missing).toEqual([]);
});

/** The rows of the table that begins so. */
function section(document: string, header: string): string[] {
  const [, table = ''] = read(document).split(`\n${header}`);
  return table.split('\n\n')[0]?.split('\n').slice(2) ?? [];
}

/** What stands as code in the first cell of each row. */
function firstColumn(rows: readonly string[]): string[] {
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  );
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
