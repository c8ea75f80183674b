import { invalidRequest } from './errors';
import type { SearchClause, SearchQuery } from './search-query';

/** What can be asked of a field: a string is searched for words and parts, a token matches whole. */
export type SearchFieldType = 'numeric' | 'string' | 'token';

export type SearchValue = string | number | boolean | null | undefined;

export interface SearchField<T> {
  type: SearchFieldType;
  read: (object: T) => SearchValue;
}

/** What is searchable of a kind of object beside its metadata. */
export type SearchFields<T> = Readonly<Record<string, SearchField<T>>>;

const SHORTEST_PART = 3;

/**
 * The test that a query puts objects to.
 *
 * @param resource as Stripe's documentation names it, such as `payment_intents`
 * @throws StripeError for a field that cannot be searched, or not like that
 */
export function matcherOf<T extends { readonly metadata?: object | null }>(
  { clauses, joined }: SearchQuery,
  fields: SearchFields<T>,
  resource: string,
): (object: T) => boolean {
  const tests = clauses.map((clause) => {
    const field = fieldOf(clause, fields, resource);
    checkClause(clause, field.type);
    return (object: T) => holds(clause, field.type, field.read(object)) !== clause.negated;
  });
  return joined === 'AND'
    ? (object) => tests.every((test) => test(object))
    : (object) => tests.some((test) => test(object));
}

function fieldOf<T extends { readonly metadata?: object | null }>(
  { field, key }: SearchClause,
  fields: SearchFields<T>,
  resource: string,
): SearchField<T> {
  if (key !== null) return { type: 'token', read: ({ metadata }) => entryOf(metadata, key) };
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known) return known;
  throw invalidRequest(
    `Field \`${field}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${resource.replaceAll('_', '-')} for a list of supported fields.`,
    'query',
  );
}

function entryOf(metadata: object | null | undefined, key: string): SearchValue {
  const value: unknown = metadata && Object.hasOwn(metadata, key) && Reflect.get(metadata, key);
  return typeof value === 'string' ? value : null;
}

function checkClause({ field, operator, value }: SearchClause, type: SearchFieldType): void {
  const isFit =
    operator === ':' ||
    (value !== null &&
      (type === 'numeric' ? operator !== '~' : type === 'string' && operator === '~'));
  if (!isFit) {
    throw invalidRequest(
      `The operator \`${operator}\` is not supported for the ${type} field \`${field}\`${value === null ? ' and null' : ''}.`,
      'query',
    );
  }
  if (type === 'numeric' && value !== null && !/^-?\d+(\.\d+)?$/.test(value)) {
    throw invalidRequest(`The field \`${field}\` is numeric; '${value}' is no number.`, 'query');
  }
  if (operator === '~' && value !== null && [...value].length < SHORTEST_PART) {
    throw invalidRequest(
      `A substring to search for must have at least ${SHORTEST_PART} characters: ${field}~"${value}".`,
      'query',
    );
  }
}

function holds(
  { operator, value }: SearchClause,
  type: SearchFieldType,
  found: SearchValue,
): boolean {
  if (found === null || found === undefined) return value === null;
  if (value === null) return false;
  if (type === 'numeric') return compares(Number(found), operator, Number(value));
  const text = String(found).toLowerCase();
  const wanted = value.toLowerCase();
  if (operator === '~') return text.includes(wanted);
  return type === 'token' ? text === wanted : hasWords(text, wanted);
}

/** All words of `wanted`, one after the other, as Stripe matches strings: "one two" is in "one two three". */
function hasWords(text: string, wanted: string): boolean {
  const words = (phrase: string) => ` ${phrase.trim().split(/\s+/).join(' ')} `;
  return words(text).includes(words(wanted));
}

function compares(found: number, operator: SearchClause['operator'], value: number): boolean {
  switch (operator) {
    case '>':
      return found > value;
    case '<':
      return found < value;
    case '>=':
      return found >= value;
    case '<=':
      return found <= value;
    default:
      return found === value;
  }
}
