import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from 'stripe-emulator/testing';
import { mirrored } from './mirrored';
import type { Person } from './people';
import { brokenRecord } from './recorded';
import { truth } from './truth';
import type { World } from './world';

/** The database ended up saying something that Stripe does not. */
export class WrongState extends Error {
  override name = 'WrongState';
}

/**
 * Compares every field that we hold of these people with Stripe's own tables, the event log with what
 * Stripe was told, and the recorded changes with what they led to.
 *
 * @param events.taken were acknowledged
 * @param events.found were in the list of a reconciler
 * @throws WrongState when they differ
 */
export async function compare(
  { stripe, database }: World,
  people: readonly Person[],
  { taken, found }: { taken: readonly StoredEvent[]; found: readonly StoredEvent[] },
): Promise<void> {
  for (const { name, customer, user } of people) {
    const expected = stripe.run('test', (ctx) => truth(ctx, customer, user));
    const actual = await mirrored(database, customer);
    if (!isDeepStrictEqual(actual, expected)) {
      throw new WrongState([`${name} differs:`, ...differences(actual, expected)].join('\n  '));
    }
    const broken = await brokenRecord(database, customer);
    if (broken) throw new WrongState(`${name}: ${broken}.`);
  }
  const log = await database.stripeEvent.findMany({ select: { id: true, status: true } });
  const statuses = new Map(log.map(({ id, status }) => [id, status]));
  for (const { id, type } of [...taken, ...found]) {
    const status = statuses.get(id);
    if (!status) throw new WrongState(`${type} is not recorded.`);
    if (status === 'failed' || status === 'received') {
      throw new WrongState(`${type} is still ${status}.`);
    }
  }
}

/** The paths at which two values differ. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isObject(actual) || !isObject(expected)) {
    return [`${path || 'all of it'} is ${show(actual)} here, and at Stripe ${show(expected)}`];
  }
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].flatMap((name) =>
    differences(actual[name], expected[name], path ? `${path}.${name}` : name),
  );
}

const LONGEST = 200;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
