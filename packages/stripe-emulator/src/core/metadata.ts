import { invalidRequest } from './errors';
import type { Schema } from './params';

/** A change of metadata: null for a key unsets it, null for the whole unsets every key. */
export type MetadataChange = Record<string, string | null> | null;

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/** The `metadata` parameter, with Stripe's limits. */
export function metadata(): Schema<MetadataChange> {
  return {
    parse(node, path) {
      if (node === '') return null;
      if (typeof node === 'string') throw invalidRequest('Invalid object', path);
      const entries = [...node].map(([key, value]): [string, string | null] => {
        const name = `${path}[${key}]`;
        if (typeof value !== 'string') {
          throw invalidRequest('Metadata values must be strings.', name);
        }
        checkKey(key, name);
        checkValue(value, name);
        return [key, value === '' ? null : value];
      });
      checkCount(entries.length, path);
      return Object.fromEntries(entries);
    },
  };
}

/** The metadata after a change; an absent change leaves it alone. */
export function mergeMetadata(
  current: Record<string, string>,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) return current;
  if (change === null) return {};
  const merged = new Map<string, string>(Object.entries(current));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  checkCount(merged.size, 'metadata');
  return Object.fromEntries(merged);
}

function checkCount(count: number, path: string): void {
  if (count <= MOST_KEYS) return;
  throw invalidRequest(
    `Metadata can have up to ${MOST_KEYS} keys, but this object would have ${count}.`,
    path,
  );
}

function checkKey(key: string, path: string): void {
  const { length } = [...key];
  if (length <= LONGEST_KEY) return;
  throw invalidRequest(
    `Metadata keys can have up to ${LONGEST_KEY} characters, but you passed in a key that is ${length} characters. Invalid key: ${key}`,
    path,
  );
}

function checkValue(value: string, path: string): void {
  const { length } = [...value];
  if (length <= LONGEST_VALUE) return;
  throw invalidRequest(
    `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${length} characters. Invalid value: ${value}`,
    path,
  );
}
