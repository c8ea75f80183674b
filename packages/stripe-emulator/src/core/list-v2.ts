import { invalidRequest } from './errors';
import { integer, string } from './params';

/** The paging parameters of every list of the second API. */
export const pagingV2 = { limit: integer({ min: 1, max: 100 }), page: string() };

const DEFAULT_LIMIT = 20;

/** A page of a list of the second API, which names the pages beside it by their addresses. */
export interface PageV2<T> {
  data: T[];
  next_page_url: string | null;
  previous_page_url: string | null;
}

/**
 * One page of objects in their order.
 *
 * @param query the filters, which the addresses of other pages repeat
 * @throws StripeError for a page that was never named
 */
export function pageV2<T>(
  all: readonly T[],
  { limit = DEFAULT_LIMIT, page }: { limit?: number; page?: string },
  path: string,
  query: Readonly<Record<string, string>> = {},
): PageV2<T> {
  const start = page === undefined ? 0 : placeIn(page);
  const urlAt = (place: number) => {
    const named = new URLSearchParams({ ...query, limit: String(limit), page: `page_${place}` });
    return `${path}?${named}`;
  };
  return {
    data: all.slice(start, start + limit),
    next_page_url: start + limit < all.length ? urlAt(start + limit) : null,
    previous_page_url: start > 0 ? urlAt(Math.max(start - limit, 0)) : null,
  };
}

function placeIn(page: string): number {
  const [, place] = /^page_(\d{1,9})$/.exec(page) ?? [];
  if (place === undefined) throw invalidRequest(`Invalid page: ${page}`, 'page');
  return Number(place);
}
