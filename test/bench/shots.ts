import { randomUUID } from 'node:crypto';
import { stripe } from '../../lib/billing/stripe';
import { env } from '../../lib/env';
import { formNamed } from '../support/action-forms';
import type { Shot } from './load';
import type { Model } from './model';

export const EVENT_PATH = '/api/webhooks/stripe';
const BILLING_PATH = '/billing';

/** A prime, so that every customer has had their turn before one has it again. */
const STRIDE = 7_919;

let turn = 0;

/** The number of the copy whose turn it is. Neighbours in time are not neighbours in the tables. */
function nextCopy(customers: number): number {
  turn++;
  return ((turn * STRIDE) % customers) + 1;
}

/** Deliveries of events that were never delivered before, each about another customer, and signed. */
export function freshEvents({ ids, event }: Model, customers: number, count: number): Shot[] {
  const own = new RegExp(ids.join('|'), 'g');
  const [secret = ''] = env().STRIPE_WEBHOOK_SECRET;
  return Array.from({ length: count }, () => {
    const copy = nextCopy(customers);
    const id = `evt_${randomUUID().replaceAll('-', '')}`;
    const body = JSON.stringify({ ...event, id }).replace(own, `$&_${copy}`);
    const signature = stripe().webhooks.generateTestHeaderString({ payload: body, secret });
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    return { path: EVENT_PATH, headers, body, status: 200 };
  });
}

/**
 * Clicks on Manage billing without JavaScript, each of another person at another address.
 *
 * @param path of the page that the button is on
 */
export async function clicks(
  { cookie }: Model,
  customers: number,
  { count, app, path = BILLING_PATH }: { count: number; app: string; path?: string },
): Promise<Shot[]> {
  const { fields } = await formNamed(app, path, { cookie }, 'Manage billing');
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const body = Buffer.from(await encoded.arrayBuffer());
  return Array.from({ length: count }, () => {
    const copy = nextCopy(customers);
    const headers = {
      'content-type': type,
      origin: app,
      cookie: `${cookie.name}=${cookie.value}_${copy}`,
      'x-forwarded-for': `10.${copy >> 16}.${(copy >> 8) & 255}.${copy & 255}`,
    };
    return { path, headers, body, status: 303, to: '/p/session/' };
  });
}
