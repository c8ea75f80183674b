import type { Core } from '../core/core';
import { invalidRequest } from '../core/errors';
import type { StoredEvent } from '../core/event';
import { id, required, string } from '../core/params';
import { suggestion } from '../core/suggestion';
import { readBody } from './body';
import { worldOfKey } from './keys';
import { RECIPES } from './trigger-recipes';
import { type Call, TriggerShop } from './trigger-shop';
import type { Triggered } from './types';

const fields = { event: required(string()), customer: id(), key: string() };

/**
 * Makes the real objects behind an event, in test mode, or where a key works.
 * @returns the events it wrote, oldest first; those that a bank or time brings come later
 * @throws StripeError for an event that nothing triggers, and for a customer that is not there
 */
export function trigger(core: Core, call: Call, body: unknown): Triggered {
  const { customer, event, key } = readBody(body, fields);
  const world = key === undefined ? 'test' : worldOfKey(core, key);
  const recipe = RECIPES[event];
  if (!recipe) throw unknown(event);
  if (customer !== undefined) core.context(world).get('customer', customer, 'customer');
  const [newest] = core.store.world(world).event.walk();
  core.transact(() => recipe(new TriggerShop(core, world, call, customer)));
  return { events: since(core, world, newest) };
}

function since(core: Core, world: string, newest: StoredEvent | undefined): Triggered['events'] {
  const events: Triggered['events'] = [];
  for (const { id: event, type } of core.store.world(world).event.walk()) {
    if (event === newest?.id) break;
    events.unshift({ id: event, type });
  }
  return events;
}

function unknown(event: string): Error {
  const known = Object.keys(RECIPES);
  const near = suggestion(event, known);
  return invalidRequest(
    `Nothing triggers ${event}.${near ? ` Did you mean ${near}?` : ''} What can be triggered: ${known.join(', ')}`,
    'event',
  );
}
