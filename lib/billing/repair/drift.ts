import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { goneCustomer } from '../mirror/customer-columns';
import type { Mirror } from '../mirror/rows';

/** One thing that our database and Stripe disagree about. */
export type Drift = z.infer<typeof drift>;

export const drift = z.object({
  /** `customer`, `subscription sub_…` or `invoice in_…`. */
  object: z.string(),
  /** The column; null when the whole object is missing on one side. */
  field: z.string().nullable(),
  ours: z.unknown(),
  stripes: z.unknown(),
});

/**
 * Compares, column by column, what our database says about a customer with what Stripe says.
 *
 * @param ours null when we have no row of this customer yet
 * @param stripes only the resources in it are compared
 * @returns an empty list when they agree
 */
export function findDrift(ours: Required<Mirror> | null, stripes: Mirror): Drift[] {
  return [
    ...columnDrift('customer', ours?.customer ?? noCustomer, stripes.customer ?? {}),
    ...rowDrift('subscription', ours?.subscriptions ?? [], stripes.subscriptions),
    ...rowDrift('invoice', ours?.invoices ?? [], stripes.invoices),
  ];
}

/** One line about a drift, for the operator. */
export function describeDrift({ object, field, ours, stripes }: Drift): string {
  if (field) return `${object}: ${field} is ${show(ours)} here and ${show(stripes)} at Stripe`;
  return ours === null ? `${object} is missing here` : `${object} is here and not at Stripe`;
}

/** A customer's row before anything was read of it. */
const noCustomer = { ...goneCustomer, deleted: false };

type Rows = readonly ({ id: string } & Record<string, unknown>)[];

function rowDrift(noun: string, ours: Rows, stripes: Rows | undefined): Drift[] {
  if (!stripes) return [];
  const stored = new Map(ours.map((row) => [row.id, row]));
  const real = new Set(stripes.map(({ id }) => id));
  return [
    ...stripes.flatMap((row) => {
      const object = `${noun} ${row.id}`;
      const own = stored.get(row.id);
      if (own) return columnDrift(object, own, row);
      return [{ object, field: null, ours: null, stripes: 'there' }];
    }),
    ...ours
      .filter(({ id }) => !real.has(id))
      .map(({ id }) => ({ object: `${noun} ${id}`, field: null, ours: 'there', stripes: null })),
  ];
}

function columnDrift(
  object: string,
  ours: Record<string, unknown>,
  stripes: Record<string, unknown>,
): Drift[] {
  return Object.entries(stripes)
    .filter(([field, value]) => !isDeepStrictEqual(ours[field], value))
    .map(([field, value]) => ({ object, field, ours: ours[field], stripes: value }));
}

function show(value: unknown): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
