import type { Core } from '../core/core';
import { destination } from '../core/destinations';
import { invalidRequest } from '../core/errors';
import { randomText } from '../core/ids';
import { integer } from '../core/params';
import { readBody } from './body';
import type { RolledSecret, ShownDelivery } from './types';

/** More deliveries than anybody reads would be a reply of hundreds of megabytes. */
const MOST_SHOWN = 1_000;

const A_DAY = 24 * 60 * 60;

const rollFields = { expires_in: integer({ min: 0, max: A_DAY }) };

/** The latest of each world, the newest last. */
export function deliveries(core: Core): ShownDelivery[] {
  return worlds(core).flatMap((world) => {
    const { _delivery, event, 'v2.core.event': thin } = core.store.world(world);
    const latest: ShownDelivery[] = [];
    for (const delivery of _delivery.walk('newest')) {
      const body = event.get(delivery.event) ?? thin.get(delivery.event) ?? null;
      const length = latest.push({ ...delivery, body });
      if (length >= MOST_SHOWN) break;
    }
    return latest.reverse();
  });
}

/** Sends an event to its endpoints once more. @throws StripeError when there is no such event */
export function resend(core: Core, event: string): void {
  const isSent = worlds(core).some((world) => core.webhooks.resend(world, event));
  if (!isSent) throw invalidRequest(`No such event: '${event}'`, 'event', 'resource_missing');
}

/** A new secret signs at once; the former one signs beside it for `expires_in` seconds, a day unless given. */
export function rollSecret(core: Core, endpointId: string, body: unknown): RolledSecret {
  const { expires_in = A_DAY } = readBody(body, rollFields);
  const world = worlds(core).find((name) => destination(core.context(name), endpointId));
  const ctx = core.context(world ?? 'test');
  const endpoint = destination(ctx, endpointId) ?? ctx.get('webhook_endpoint', endpointId);
  const secret = `whsec_${randomText(32)}`;
  const expires_at = Math.floor(Date.now() / 1000) + expires_in;
  const former = ctx.find('_secret', endpoint.id)?.secrets[0];
  core.transact(() => {
    ctx.world._secret.put({
      id: endpoint.id,
      secrets: [
        { secret, expires_at: null },
        ...(former ? [{ secret: former.secret, expires_at }] : []),
      ],
    });
  });
  return { id: endpoint.id, secret, former_expires_at: expires_at };
}

function worlds(core: Core): string[] {
  return core.store.worlds.filter((world) => world !== 'emulator');
}
