import { missing } from './errors';
import { exclusive, id, integer, object, type Schema, timestamp } from './params';
import type { Table } from './table';
import type { TableName } from './tables';
import type { WireList } from './wire';

/** A time, or bounds on it, as in `created[gte]`. */
export interface TimeRange {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
}

export interface PagingParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

const DEFAULT_LIMIT = 10;
const GREATEST_LIMIT = 100;

/** The filters of lists that name another object, and where it is. */
export const FILTERS: ReadonlyMap<string, TableName> = new Map([
  ['charge', 'charge'],
  ['customer', 'customer'],
  ['invoice', 'invoice'],
  ['meter', 'billing.meter'],
  ['payment_intent', 'payment_intent'],
  ['price', 'price'],
  ['product', 'product'],
  ['subscription', 'subscription'],
  ['test_clock', 'test_helpers.test_clock'],
]);

/** The paging parameters of every list. */
export const paging = {
  limit: integer({ min: 1, max: GREATEST_LIMIT }),
  starting_after: id(),
  ending_before: id(),
};

/** A `created`-like filter: a time or an object of bounds. */
export function timeRange(): Schema<number | TimeRange> {
  const bounds = object({ gt: timestamp(), gte: timestamp(), lt: timestamp(), lte: timestamp() });
  const exact = timestamp();
  return {
    parse: (node, path) =>
      typeof node === 'string' ? exact.parse(node, path) : bounds.parse(node, path),
  };
}

/** Whether a time is what a `timeRange` filter asks for; without a filter it always is. */
export function isWithin(time: number, range: number | TimeRange | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return time === range;
  return (
    time > (range.gt ?? Number.NEGATIVE_INFINITY) &&
    time >= (range.gte ?? Number.NEGATIVE_INFINITY) &&
    time < (range.lt ?? Number.POSITIVE_INFINITY) &&
    time <= (range.lte ?? Number.POSITIVE_INFINITY)
  );
}

export interface ListOptions<T, Index extends string> {
  /** Walks a secondary index; an undefined key means the whole table. */
  by?: [index: Index, key: string | undefined];
  where?: (value: T) => boolean;
}

/** One page of a table, newest first. @throws StripeError for a cursor that does not exist */
export function listPage<T extends { readonly id: string }, Index extends string>(
  table: Table<T, Index>,
  noun: string,
  params: PagingParams,
  url: string,
  options: ListOptions<T, Index> = {},
): WireList<T> {
  exclusive(params, 'starting_after', 'ending_before');
  const backwards = params.ending_before !== undefined;
  const after = params.starting_after ?? params.ending_before;
  if (after !== undefined && !table.get(after)) {
    throw missing(noun, after, backwards ? 'ending_before' : 'starting_after');
  }
  const limit = params.limit ?? DEFAULT_LIMIT;
  const [index, key] = options.by ?? [];
  const rows = table.walk(backwards ? 'oldest' : 'newest', {
    after,
    ...(index !== undefined && key !== undefined ? { by: [index, key] } : {}),
  });
  const data: T[] = [];
  let hasMore = false;
  for (const row of rows) {
    if (options.where && !options.where(row)) continue;
    if (data.length === limit) {
      hasMore = true;
      break;
    }
    data.push(row);
  }
  return { object: 'list', data: backwards ? data.reverse() : data, has_more: hasMore, url };
}

/**
 * One page of what an object holds in an order of its own, such as the lines of an invoice.
 * @throws StripeError for a cursor that is none of them
 */
export function pageOf<T extends { readonly id: string }>(
  elements: readonly T[],
  noun: string,
  params: PagingParams,
  url: string,
): WireList<T> {
  exclusive(params, 'starting_after', 'ending_before');
  const { ending_before: before, limit = DEFAULT_LIMIT, starting_after: after } = params;
  const placeOf = (cursor: string, param: string) => {
    const place = elements.findIndex(({ id }) => id === cursor);
    if (place < 0) throw missing(noun, cursor, param);
    return place;
  };
  if (before !== undefined) {
    const end = placeOf(before, 'ending_before');
    const start = Math.max(end - limit, 0);
    return { object: 'list', data: elements.slice(start, end), has_more: start > 0, url };
  }
  const start = after === undefined ? 0 : placeOf(after, 'starting_after') + 1;
  const data = elements.slice(start, start + limit);
  return { object: 'list', data, has_more: start + data.length < elements.length, url };
}
