import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The kinds of objects that can be seeded, in the order in which they can name each other. */
export const SEED_KINDS = [
  'test_clocks',
  'tax_rates',
  'products',
  'prices',
  'coupons',
  'promotion_codes',
  'configurations',
  'customers',
  'subscriptions',
] as const;

export type SeedKind = (typeof SEED_KINDS)[number];

/** The parameters by which the API creates an object, and the id it is to have. */
export type SeedObject = Readonly<Record<string, unknown>> & { readonly id: string };

/** What is in an emulator from the beginning. */
export type Seed = { readonly [Kind in SeedKind]?: readonly SeedObject[] };

/** A seed that cannot be used, and why. */
export class SeedError extends Error {
  override name = 'SeedError';
}

const seedObject = z.looseObject({
  id: z.string().regex(/^[\w-]+$/, 'must be letters and digits'),
});
const schema = z.strictObject(
  Object.fromEntries(SEED_KINDS.map((kind) => [kind, z.array(seedObject).optional()])),
);

/**
 * Reads a seed, and checks that it is one.
 * @param seed the JSON file it is in, or itself
 * @throws SeedError
 */
export function readSeed(seed: string | Seed | undefined): Seed {
  const checked = schema.safeParse(typeof seed === 'string' ? contentOf(seed) : (seed ?? {}));
  if (checked.success) return checked.data;
  const place = typeof seed === 'string' ? seed : 'The seed';
  const [issue] = checked.error.issues;
  const where = issue?.path.join('.');
  throw new SeedError(`${place}: ${where ? `${where}: ` : ''}${issue?.message}`);
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SeedError(
      `The seed ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
}
