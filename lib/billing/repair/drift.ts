import { isDeepStrictEqual } from 'node:util';
import type { Mirror } from '../mirror/read';

/** One thing that our database says otherwise than Stripe. */
export type Difference = {
  /** `customer`, `subscription sub_…` or `invoice in_…`. */
  object: string;
  /** The column; null when the whole object is missing on one side. */
  field: string | null;
  ours: unknown;
  stripes: unknown;
};

/**
 * Compares, column by column, what our database says of a customer with what Stripe says.
 *
 * @param stripes only the parts in it are compared
 * @returns an empty list when they say the same
 */
export function drift(ours: Required<Mirror>, stripes: Mirror): Difference[] {
  return [
    ...columnsThatDiffer('customer', ours.customer, stripes.customer ?? {}),
    ...columnsThatDiffer('customer', ours, pick(stripes, 'entitlements')),
    ...rowsThatDiffer('subscription', ours.subscriptions, stripes.subscriptions),
    ...rowsThatDiffer('invoice', ours.invoices, stripes.invoices),
  ];
}

/** A difference in words. */
export function describe({ object, field, ours, stripes }: Difference): string {
  if (field) return `${object}: ${field} is ${show(ours)} here and ${show(stripes)} at Stripe`;
  return ours === null ? `${object} is missing here` : `${object} is here and not at Stripe`;
}

type Rows = readonly ({ id: string } & Record<string, unknown>)[];

function rowsThatDiffer(noun: string, ours: Rows, stripes: Rows | undefined): Difference[] {
  if (!stripes) return [];
  const held = new Map(ours.map((row) => [row.id, row]));
  const real = new Set(stripes.map(({ id }) => id));
  return [
    ...stripes.flatMap((row) => {
      const object = `${noun} ${row.id}`;
      const own = held.get(row.id);
      return own
        ? columnsThatDiffer(object, own, row)
        : [{ object, field: null, ours: null, stripes: 'there' }];
    }),
    ...ours
      .filter(({ id }) => !real.has(id))
      .map(({ id }) => ({ object: `${noun} ${id}`, field: null, ours: 'there', stripes: null })),
  ];
}

function columnsThatDiffer(
  object: string,
  ours: Record<string, unknown>,
  stripes: Record<string, unknown>,
): Difference[] {
  return Object.entries(stripes)
    .filter(([field, value]) => !isDeepStrictEqual(ours[field], value))
    .map(([field, value]) => ({ object, field, ours: ours[field], stripes: value }));
}

function pick(mirror: Mirror, part: 'entitlements'): Record<string, unknown> {
  return mirror[part] ? { [part]: mirror[part] } : {};
}

function show(value: unknown): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
