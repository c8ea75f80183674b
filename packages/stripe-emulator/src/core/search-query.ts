import { invalidRequest } from './errors';

export type SearchOperator = ':' | '~' | '=' | '>' | '<' | '>=' | '<=';

/** One condition of a query, such as `-metadata["plan"]:"pro"`. */
export interface SearchClause {
  /** As it is written, without a metadata key: `email`, `metadata`, `billing_details.address.postal_code`. */
  field: string;
  /** The key of a metadata clause. */
  key: string | null;
  operator: SearchOperator;
  /** Null asks whether the field is absent. */
  value: string | null;
  negated: boolean;
}

export interface SearchQuery {
  clauses: SearchClause[];
  /** Whether all clauses have to match, or any of them. */
  joined: 'AND' | 'OR';
}

const MOST_CLAUSES = 10;

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/;
const CLAUSE = new RegExp(
  String.raw`(-?)([a-z][\w.]*)(?:\[(${QUOTED.source})\])?(>=|<=|[:~=><])(${QUOTED.source}|-?\d+(?:\.\d+)?|null)(?=\s|$)`,
  'iy',
);
const CONNECTOR = /(AND|OR)(?=\s)/iy;
const SPACE = /\s*/y;

/**
 * Reads Stripe's search query language (docs.stripe.com/search): clauses joined by AND (or a space) or
 * by OR, never both. Strings are quoted, either way; numbers and `null` need no quotes.
 *
 * @throws StripeError for what is no query
 */
export function parseQuery(text: string): SearchQuery {
  const clauses: SearchClause[] = [];
  const connectors = new Set<string>();
  let place = skip(SPACE, text, 0);
  while (place < text.length) {
    const connector = clauses.length > 0 ? at(CONNECTOR, text, place) : null;
    if (clauses.length > 0) connectors.add(connector?.[1]?.toUpperCase() ?? 'AND');
    if (connector) place = skip(SPACE, text, place + connector[0].length);
    const clause = at(CLAUSE, text, place);
    if (!clause) throw unparsed();
    clauses.push(clauseOf(clause));
    place = skip(SPACE, text, place + clause[0].length);
  }
  if (clauses.length === 0) throw unparsed();
  if (connectors.size > 1) {
    throw invalidRequest('You cannot combine AND and OR in one search query.', 'query');
  }
  if (clauses.length > MOST_CLAUSES) {
    throw invalidRequest(`A search query can have up to ${MOST_CLAUSES} clauses.`, 'query');
  }
  return { clauses, joined: connectors.has('OR') ? 'OR' : 'AND' };
}

function clauseOf([, minus, field = '', key, operator, value = '']: RegExpExecArray): SearchClause {
  if (!isOperator(operator) || (field === 'metadata') !== (key !== undefined)) throw unparsed();
  return {
    field,
    key: key === undefined ? null : unquoted(key),
    operator,
    value: value.toLowerCase() === 'null' ? null : unquoted(value),
    negated: minus === '-',
  };
}

function isOperator(text: string | undefined): text is SearchOperator {
  return text !== undefined && [':', '~', '=', '>', '<', '>=', '<='].includes(text);
}

function unquoted(text: string): string {
  if (!/^["']/.test(text)) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}

function at(pattern: RegExp, text: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

function skip(pattern: RegExp, text: string, place: number): number {
  return place + (at(pattern, text, place)?.[0].length ?? 0);
}

function unparsed(): Error {
  return invalidRequest(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
  );
}
