import type Stripe from 'stripe';

/** What an event tells about: any object in wire shape. */
export interface EventObject {
  readonly object: string;
}

/** An event in wire shape (the SDK's union of 270 types is one shape on the wire). */
export interface StoredEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: EventObject; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
}

export type EventType = Stripe.Event.Type;

/**
 * Stripe's `previous_attributes`: of every changed field its former value; hashes hold only their
 * changed keys (a key that is new has null), arrays are whole. Undefined when nothing changed.
 */
export function previousAttributes(
  former: object,
  present: object,
): Record<string, unknown> | undefined {
  const changed: [string, unknown][] = [];
  for (const name of Object.keys({ ...former, ...present })) {
    const old: unknown = Reflect.get(former, name) ?? null;
    const fresh: unknown = Reflect.get(present, name) ?? null;
    if (old === fresh) continue;
    if (isHash(old) && isHash(fresh)) {
      const inner = previousAttributes(old, fresh);
      if (inner) changed.push([name, inner]);
    } else if (!isSame(old, fresh)) {
      changed.push([name, old]);
    }
  }
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

function isHash(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
