import type { Hono, Context as HonoContext } from 'hono';
import { advanceClock } from './advance-clock';
import { clockFields, clockNow, clockTarget } from './clock-control';
import type { Core } from './core';
import { invalidRequest, StripeError } from './errors';
import { addFault, faultFields } from './fault-control';
import { treeOf } from './form';
import { randomText } from './ids';
import { setKey } from './keys';
import {
  array,
  type FieldOutputs,
  type Fields,
  integer,
  object,
  oneOf,
  required,
  string,
} from './params';

/** More deliveries than anybody reads would be a reply of hundreds of megabytes. */
const MOST_SHOWN = 1_000;

const rollFields = { expires_in: integer({ min: 0, max: 24 * 60 * 60 }) };

const keyFields = {
  key: required(string()),
  rights: array(string()),
  state: oneOf(['active', 'expired', 'revoked']),
};

/** Stripe's part of `/_emulator/*`: JSON in, JSON out, refusals in Stripe's shape. */
export function mountControl(app: Hono, core: Core): void {
  app.onError((error, c) => {
    const known =
      error instanceof StripeError
        ? error
        : new StripeError(500, { type: 'api_error', message: 'The emulator made a mistake.' });
    if (known !== error) console.error(error);
    return Response.json({ error: known.body }, { status: known.status, headers: c.res.headers });
  });

  app.post('/_emulator/reset', (c) => {
    core.store.reset();
    core.requests.clear();
    core.faults.clear();
    return c.json({ reset: true });
  });

  app.get('/_emulator/requests', (c) => c.json(core.requests.all));
  app.delete('/_emulator/requests', (c) => {
    core.requests.clear();
    return c.json({ cleared: true });
  });

  app.get('/_emulator/deliveries', (c) => c.json(deliveries(core)));
  app.post('/_emulator/deliveries/:event/resend', (c) => {
    const event = c.req.param('event');
    const sent = worlds(core).some((world) => core.webhooks.resend(world, event));
    if (!sent) throw invalidRequest(`No such event: '${event}'`, 'event', 'resource_missing');
    return c.json({ resent: event });
  });

  app.get('/_emulator/clock', (c) => c.json(clockNow(core)));
  app.post('/_emulator/clock', async (c) => {
    const params = await parseBody(c, clockFields);
    await advanceClock(core, clockTarget(core, params));
    return c.json(clockNow(core));
  });

  app.get('/_emulator/faults', (c) => c.json(core.faults.all));
  app.post('/_emulator/faults', async (c) =>
    c.json(addFault(core, await parseBody(c, faultFields))),
  );
  app.delete('/_emulator/faults', (c) => {
    core.faults.clear();
    return c.json({ cleared: true });
  });

  app.post('/_emulator/snapshots/:name', (c) => {
    core.store.saveSnapshot(snapshotName(c));
    return c.json({ saved: c.req.param('name') });
  });
  app.post('/_emulator/snapshots/:name/restore', (c) => {
    const name = snapshotName(c);
    if (!core.store.restoreSnapshot(name)) {
      throw new StripeError(404, {
        type: 'invalid_request_error',
        message: `There is no snapshot '${name}'.`,
      });
    }
    return c.json({ restored: name });
  });

  app.post('/_emulator/webhook_endpoints/:endpoint/roll', async (c) => {
    const { expires_in = 24 * 60 * 60 } = await parseBody(c, rollFields);
    return c.json(rollSecret(core, c.req.param('endpoint'), expires_in));
  });

  app.post('/_emulator/keys', async (c) => {
    const { key, rights = [], state = 'active' } = await parseBody(c, keyFields);
    core.transact(() => setKey(core.store, key, rights, state));
    return c.json({ rights, state });
  });
}

/** The JSON body of a request, checked like the parameters of the API. */
export async function parseBody<F extends Fields>(
  c: HonoContext,
  fields: F,
): Promise<FieldOutputs<F>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) {
    throw invalidRequest('The body must be a JSON object.');
  }
  return object(fields).parseTree(treeOf(body), '');
}

function worlds(core: Core): string[] {
  return core.store.worlds.filter((world) => world !== 'emulator');
}

/** The latest of each world, the newest last, each with the body it carried. */
function deliveries(core: Core): object[] {
  return worlds(core).flatMap((world) => {
    const { _delivery, event } = core.store.world(world);
    const latest: object[] = [];
    for (const delivery of _delivery.walk('newest')) {
      if (latest.push({ ...delivery, body: event.get(delivery.event) ?? null }) >= MOST_SHOWN)
        break;
    }
    return latest.reverse();
  });
}

/** A new secret signs at once; the former one signs beside it for so many seconds more. */
function rollSecret(core: Core, endpointId: string, expiresIn: number): object {
  const world = worlds(core).find((name) =>
    core.store.world(name).webhook_endpoint.get(endpointId),
  );
  const ctx = core.context(world ?? 'test');
  const endpoint = ctx.get('webhook_endpoint', endpointId);
  const secret = `whsec_${randomText(32)}`;
  const expires_at = Math.floor(Date.now() / 1000) + expiresIn;
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

function snapshotName(c: HonoContext): string {
  const name = c.req.param('name') ?? '';
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) return name;
  throw invalidRequest('A snapshot has a name of letters, digits, - and _.', 'name');
}
