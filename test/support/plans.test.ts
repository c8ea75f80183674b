import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  intervals,
  lookupKey,
  paidPlans,
  plans,
  productId,
  retentionOffer,
} from '../../lib/billing/plans';

/** What changes with the catalogue. */
const words = [
  ...plans.flatMap(({ name, title }) => [name, title]),
  ...paidPlans.flatMap((plan) => intervals.map((interval) => lookupKey(plan, interval))),
  ...paidPlans.map(productId),
  retentionOffer.name,
];

const folders = ['app', 'components', 'dev', 'e2e', 'lib', 'prisma', 'scripts', 'test'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.(test|spec)\.tsx?$|^test\/.*\.ts$/.test(file)),
);

it.each(words)('no test writes down "%s", so that the catalogue can change', (word) => {
  expect(files.length).toBeGreaterThan(100);
  const quoted = new RegExp(`(['"\`])${word}\\1`);
  expect(files.filter((file) => quoted.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it('no test writes down what the retention offer is worth', () => {
  const worth = `${retentionOffer.percentOff}% off`;
  expect(files.filter((file) => readFileSync(file, 'utf8').includes(worth))).toEqual([]);
});
