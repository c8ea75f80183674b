import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newKeyUrl, rights } from './key-rights';

const page = readFileSync('docs/going-live.md', 'utf8');

it('lists in docs/going-live.md the rights that the doctor tries, and no others', () => {
  const rows = [...page.matchAll(/^\| ([^|]+) \| (Read|Write) \|/gm)];
  expect(rows.map(([, section, level]) => `${section}: ${level}`)).toEqual(
    rights.map(({ name }) => name),
  );
});

it('links from there to a form with all of them filled in', () => {
  expect(page).toContain(newKeyUrl({ livemode: true }));
});
