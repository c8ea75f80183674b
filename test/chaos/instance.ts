import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { POST } from '@/app/api/webhooks/stripe/route';
import { deferredWork } from '@/lib/after-response';
import { findBillingAccount } from '@/lib/billing/account';
import { changePlan } from '@/lib/billing/change-plan';
import { changeHandlers, onChange } from '@/lib/billing/changes';
import { ensureCustomer } from '@/lib/billing/customer';
import { deliverLeftChanges } from '@/lib/billing/deliver-changes';
import { keepPlan } from '@/lib/billing/keep-plan';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { isTiming, seatsOf, timingOf } from '@/lib/billing/plan-change';
import { findPlanChoice } from '@/lib/billing/plans';
import { previewChange } from '@/lib/billing/preview-change';
import { reconcile } from '@/lib/billing/repair/reconcile';
import { settleStart } from '@/lib/billing/settle-start';
import { settleWhatStarts } from '@/lib/change-handlers';
import { db } from '@/lib/db';
import { followLeftMembers, queueSeats } from '@/lib/team/follow-members';
import { lockTeam } from '@/lib/team/members';
import { consume } from '@/lib/usage/consume';
import { LimitReached } from '@/lib/usage/limit-reached';

// One instance of the app, as far as billing state goes: its webhook route, the sync of the return
// from Stripe's pages, the making of a customer, changes of plan and of members, what is counted against a
// limit, the reconciler, and a clock that can be wrong. A program of its own, so that it can be killed. It tells its parent that it has started, is told its
// environment, and tells where it listens.

const routes: Record<string, (request: Request, asked: URLSearchParams) => Promise<unknown>> = {
  '/api/webhooks/stripe': (request) => POST(request),
  '/return': (_, asked) => syncCustomer(asked.get('customer') ?? ''),
  '/take-on': async (_, asked) => ensureCustomer(await findBillingAccount(asked.get('user') ?? '')),
  '/change': (_, asked) => change(asked),
  '/keep': async (_, asked) => keepPlan(await findBillingAccount(asked.get('user') ?? '')),
  '/bought': async (_, asked) => {
    await syncCustomer(asked.get('customer') ?? '');
    return settleStart(asked.get('customer') ?? '');
  },
  '/members': (_, asked) =>
    changeMembers(asked.get('account') ?? '', asked.get('change') === 'join'),
  '/follow-members': () => followLeftMembers(),
  '/use': (_, asked) => use(asked),
  '/follow-up': () => followUp(),
  '/reconcile': (_, asked) =>
    reconcile({ scope: asked.has('all') ? 'all' : undefined, fix: true, rate: 1_000 }),
  '/ping': async () => 'here',
  '/skew': async (_, asked) => skewClock(Number(asked.get('seconds'))),
};

/**
 * What our page for a change of plan does: it shows what it costs, which is then confirmed. By the present state,
 * as what we did not know yet would change the cost in between.
 */
async function change(asked: URLSearchParams) {
  await syncCustomer(asked.get('customer') ?? '');
  const account = await findBillingAccount(asked.get('user') ?? '');
  const choice = findPlanChoice(asked.get('plan'), asked.get('interval'));
  const quantity =
    choice &&
    account.subscription &&
    seatsOf(choice, account.subscription, account.members, asked.get('seats'));
  if (!choice || !account.subscription || !quantity) return null;
  const goal = { ...choice, quantity };
  const timing = timingOf(account.subscription, goal);
  if (!isTiming(timing)) return null;
  const seen = await previewChange(account, goal, timing);
  const done = await changePlan(account, goal, { timing, ...seen });
  return { dueNow: seen.dueNow, ...done };
}

/** As the app does: in one transaction it is noted that Stripe has to be told, which happens after it. */
async function changeMembers(teamId: string, joins: boolean): Promise<void> {
  await db().$transaction(async (transaction) => {
    await lockTeam(transaction, teamId);
    if (joins) {
      const { id: userId } = await transaction.user.create({
        data: { email: `${randomUUID()}@example.com` },
      });
      await transaction.member.create({ data: { teamId, userId, role: 'member' } });
    } else {
      const leaver = await transaction.member.findFirst({ where: { teamId, role: 'member' } });
      if (!leaver) return;
      await transaction.member.delete({ where: { id: leaver.id } });
    }
    await queueSeats(transaction, teamId);
  });
  await followLeftMembers();
}

async function use(asked: URLSearchParams) {
  const user = { id: asked.get('user') ?? '' };
  try {
    return { left: await consume(user, 'exports', Number(asked.get('n'))) };
  } catch (error) {
    if (error instanceof LimitReached) return { left: null };
    throw error;
  }
}

/** What follows from the changes that were recorded, which is not done here at once as in the app. */
async function followUp(): Promise<void> {
  onChange('starts', settleWhatStarts);
  await deliverLeftChanges();
  await deferredWork();
  changeHandlers().clear();
}

const realNow = Date.now;

/** Puts what this process takes for the present ahead (or behind, for less than zero). */
function skewClock(seconds: number): void {
  Date.now = () => realNow() + seconds * 1_000;
}

process.on('disconnect', () => process.exit());
// What goes wrong here is meant to; the parent looks at the database.
console.error = () => {};
console.log = () => {};

// Nobody is left to serve when the parent ended during the start.
if (!process.connected) process.exit();
process.send?.('started');
const [environment] = await once(process, 'message');
Object.assign(process.env, environment);
const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
// Only the parent ends a connection that is idle: on a busy machine, it may use one that we just ended.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.({ port: address && typeof address === 'object' ? address.port : 0 });

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const body: Buffer[] = [];
  for await (const chunk of incoming) body.push(chunk);
  const request = new Request(url, {
    method: 'POST',
    headers: { 'stripe-signature': String(incoming.headers['stripe-signature'] ?? '') },
    body: new Uint8Array(Buffer.concat(body)),
  });
  const reply = await perform(request, url);
  outgoing.writeHead(reply.status).end(await reply.text());
}

async function perform(request: Request, url: URL): Promise<Response> {
  try {
    const done = await routes[url.pathname]?.(request, url.searchParams);
    return done instanceof Response ? done : Response.json(done ?? null);
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 500 });
  }
}
