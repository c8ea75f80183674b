import type { Context } from './context';
import { invalidRequest } from './errors';
import type { Expansions } from './expand';
import type { FormTree } from './form';
import { API_VERSION, API_VERSIONS } from './surface';

export type Json = Record<string, unknown>;

/**
 * What a version of the API changed, and how the ones before it had it. Fields and parameters that were
 * only added are not listed: `stripe-surface.json` knows them.
 */
export interface VersionChange {
  /** The first version that has the change. */
  readonly version: string;
  /** How an object looked before, by its `object`; what it embeds is still as it is now. */
  readonly objects?: Readonly<Record<string, (ctx: Context, object: Json) => Json>>;
  /** Fields that could be expanded before. */
  readonly expansions?: Expansions;
  /** By endpoint: parameters of before, and where they are now, as `phases.*.coupon`. */
  readonly moved?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By endpoint: what else a request of before means. It may change the tree, which is a copy. */
  readonly parameters?: Readonly<Record<string, (ctx: Context, tree: FormTree) => void>>;
  /** Endpoints that are gone, and those that do their work now. */
  readonly endpoints?: Readonly<Record<string, FormerEndpoint>>;
}

export interface FormerEndpoint {
  /** The endpoint that does its work now, such as `POST /v1/invoices/create_preview`. */
  readonly now: string;
  /** Makes the reply of before from the one of now. */
  readonly reply: (reply: Json, tree: FormTree) => unknown;
}

/**
 * The version a request or a webhook endpoint asks for.
 * @throws StripeError for one that the emulator does not have
 */
export function readVersion(text: string, param?: string): string {
  if (API_VERSIONS.includes(text)) return text;
  const [oldest = ''] = API_VERSIONS;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(text)) {
    throw invalidRequest(`Invalid Stripe API version: ${text}`, param);
  }
  throw invalidRequest(
    text < oldest
      ? `The emulator does not support the API version ${text}. The oldest that it supports is ${oldest}.`
      : `The emulator does not know the API version ${text}. The newest that it knows is ${API_VERSION}; they are ${API_VERSIONS.join(', ')}.`,
    param,
  );
}

/** A hash, and not null or an array. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
