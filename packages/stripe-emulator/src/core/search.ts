import type { Context } from './context';
import { invalidRequest } from './errors';
import { type Fields, integer, required, string } from './params';
import { matcherOf, type SearchFields } from './search-match';
import { parseQuery } from './search-query';
import type { Stored, TableName } from './tables';

/** Stripe's envelope around what a search finds; `total_count` is shown when it is expanded. */
export interface SearchResult<T> {
  object: 'search_result';
  data: T[];
  has_more: boolean;
  next_page: string | null;
  total_count: number;
  url: string;
}

/** The parameters of every search. */
export const searchParams = {
  limit: integer({ min: 1, max: 100 }),
  page: string(),
  query: required(string()),
} satisfies Fields;

/** The tables whose objects can be searched: they carry metadata. */
export type SearchableTable = {
  [Name in TableName]: Stored<Name> extends { readonly metadata: object | null } ? Name : never;
}[TableName];

const DEFAULT_LIMIT = 10;

/** A page's cursor: the place of its last object in its table. */
const CURSOR = /^page_(\d{1,15})$/;

/** What a query finds in a table, newest first, one page of it. @throws StripeError for a bad query or page */
export function searchPage<Name extends SearchableTable>(
  ctx: Context,
  table: Name,
  fields: SearchFields<Stored<Name>>,
  params: { limit?: number; page?: string; query: string },
  url: string,
): SearchResult<Stored<Name>> {
  const resource = url.split('/').at(-2) ?? '';
  const matches = matcherOf(parseQuery(params.query), fields, resource);
  const limit = params.limit ?? DEFAULT_LIMIT;
  const from = params.page === undefined ? Number.POSITIVE_INFINITY : placeIn(params.page);
  const lag = ctx.core.faults.takeSearch();
  const data: Stored<Name>[] = [];
  let total = 0;
  let last = 0;
  let hasMore = false;
  for (const { sequence, value } of ctx.world[table].rows()) {
    const indexed = lag
      ? ctx.core.faults.searchLag.asOf(ctx.worldName, table, value, lag.milliseconds)
      : value;
    if (indexed === null || !matches(indexed)) continue;
    total++;
    if (sequence >= from) continue;
    if (data.length === limit) {
      hasMore = true;
      continue;
    }
    data.push(value);
    last = sequence;
  }
  const next_page = hasMore ? Buffer.from(`page_${last}`).toString('base64url') : null;
  return { object: 'search_result', data, has_more: hasMore, next_page, total_count: total, url };
}

function placeIn(page: string): number {
  const [, place] = CURSOR.exec(Buffer.from(page, 'base64url').toString()) ?? [];
  if (place !== undefined) return Number(place);
  throw invalidRequest(`Invalid page: '${page}'. Use the next_page of a former search.`, 'page');
}
