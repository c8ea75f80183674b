import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '@/lib/api-keys';
import { auditEntries } from '@/lib/audit';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { planWith, planWithMore } from '@/lib/billing/plan-with';
import { stripe } from '@/lib/billing/stripe';
import { db } from '@/lib/db';
import { giveExtra } from '@/lib/grants';
import { projectsOf } from '@/lib/projects/projects';
import {
  createSubscriber,
  createTeam,
  createUser,
  joinTeam,
  plan,
} from '@/test/support/integration';
import { startPlan } from '@/test/support/subscribers';
import { GET, POST } from './route';

const document = readFileSync('docs/api.md', 'utf8');
const statuses = new Set<number>();

afterAll(() => {
  const documented = [...document.matchAll(/^\| (\d{3}) /gm)].map(([, status]) => Number(status));
  expect(documented.toSorted()).toEqual([...statuses].toSorted());
});

it('creates and lists the projects of the owner of the key, as the document shows', async () => {
  const { userId, key } = await createOwner();
  const created = await call(key, { name: ' Harbour ' });
  expect(created.status).toBe(201);
  expect(shapeOf(created.body)).toEqual(shapeOf(example('"name": "Harbour"')));
  expect(created.body).toMatchObject({ name: 'Harbour' });
  const listed = await call(key);
  expect(listed.status).toBe(200);
  expect(listed.body).toEqual({ projects: [created.body] });
  expect(await projectsOf(userId)).toHaveLength(1);
});

it('knows people by their key alone', async () => {
  const [one, other] = [await createOwner(), await createOwner()];
  await call(one.key, { name: 'Harbour' });
  expect((await call(other.key)).body).toEqual({ projects: [] });
  const forged = await call(other.key, { name: 'Pier', userId: one.userId });
  expect(forged.status).toBe(400);
  expect(await projectsOf(one.userId)).toHaveLength(1);
});

it.each([
  ['no key', null],
  ['another scheme', 'Basic a2V5'],
  ['a key that nobody has', `Bearer key_${'a'.repeat(43)}`],
  ['what is no key', `Bearer key_${'\u00e4'.repeat(43)}`],
])('answers 401 to %s', async (_, authorization) => {
  for (const method of [GET, POST]) {
    const reply = await method(requestWith(authorization));
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    await checkProblem(reply);
  }
});

it('answers 401 once the key is revoked, which only its owner can do', async () => {
  const [{ user, userId, key }, stranger] = [await createOwner(), await createOwner()];
  const { id } = await db().apiKey.findFirstOrThrow({ where: { userId } });
  await revokeApiKey(stranger.user, id);
  expect((await call(key)).status).toBe(200);
  await revokeApiKey(user, id);
  expect((await call(key)).status).toBe(401);
  const audited = async () => (await auditEntries(userId, 9)).map(({ action }) => action);
  await expect
    .poll(audited, { timeout: 20_000 })
    .toEqual(expect.arrayContaining(['api_key_created', 'api_key_revoked']));
});

it('a team’s key works only while whoever made it is in the team and may manage keys', async () => {
  const team = await createTeam();
  await syncCustomer((await startPlan(team)).customer);
  const [one, other] = [await joinTeam(team.id, 'admin'), await joinTeam(team.id, 'admin')];
  const [key, kept] = [await keyOf(actor(one), 'One'), await keyOf(actor(other), 'Other')];
  expect((await call(key, { name: 'Harbour' })).status).toBe(201);
  expect(await projectsOf(team.id)).toHaveLength(1);
  expect(await projectsOf(one.userId)).toEqual([]);

  const membership = { where: { teamId: team.id, userId: one.userId } };
  await db().member.updateMany({ ...membership, data: { role: 'member' } });
  expect((await call(key)).status).toBe(401);
  await db().member.updateMany({ ...membership, data: { role: 'admin' } });
  expect((await call(key)).status).toBe(200);
  await db().member.deleteMany(membership);
  expect((await call(key)).status).toBe(401);
  await db().member.create({ data: { teamId: team.id, userId: one.userId, role: 'admin' } });
  expect((await call(key)).status).toBe(401);
  expect((await call(kept)).status).toBe(200);
  const made = { action: 'api_key_created', userId: team.id, personId: one.userId };
  await expect.poll(() => db().auditEntry.count({ where: made }), { timeout: 20_000 }).toBe(1);

  function actor({ userId: id }: { userId: string }) {
    return { id: team.id, person: { id }, role: 'admin' } as const;
  }
});

it('answers 402 with the feature and the plan that has it, until there is such a plan', async () => {
  const user = await createUser();
  const key = await keyOf(user);
  const refused = await call(key);
  expect(refused).toMatchObject({
    status: 402,
    body: { feature: 'api', plan: planWith('api')?.name },
  });
  await giveExtra(user.email, { name: 'api', amount: null, until: null, reason: null });
  expect((await call(key)).status).toBe(200);
});

it('answers 402 as soon as the plan has ended', async () => {
  const { key, customer, subscription } = await createOwner();
  expect((await call(key)).status).toBe(200);
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  expect((await call(key)).status).toBe(402);
});

it('answers 402 with the limit and the plan with more, as the document shows', async () => {
  const { userId, key } = await createOwner();
  const allowed = plan.limits.projects;
  const rows = Array.from({ length: allowed }, (_, index) => ({ userId, name: `Pier ${index}` }));
  await db().project.createMany({ data: rows });
  const { status, body } = await call(key, { name: 'One more' });
  expect(status).toBe(402);
  const more = planWithMore('projects', allowed);
  expect(body).toMatchObject({ limit: 'projects', plan: more?.name ?? null });
  expect(shapeOf(body)).toEqual(shapeOf(example('"limit": "projects"')));
  expect((await call(key)).status).toBe(200);
});

it.each([
  ['no JSON', '{"name": '],
  ['nothing', ''],
  ['another type', '[]'],
  ['no name', '{}'],
  ['an empty name', '{"name": " "}'],
  ['a name that is too long', JSON.stringify({ name: 'x'.repeat(101) })],
  ['a NUL in the name', '{"name": "a\\u0000b"}'],
  ['a field that is not known', '{"name": "Pier", "color": "red"}'],
])('answers 400 to %s, and creates nothing', async (_, body) => {
  const { userId, key } = await createOwner();
  const reply = await POST(requestWith(`Bearer ${key}`, body));
  expect(reply.status).toBe(400);
  await checkProblem(reply);
  expect(await projectsOf(userId)).toEqual([]);
});

it('answers 413 to a body that is too large', async () => {
  const { key } = await createOwner();
  const reply = await POST(requestWith(`Bearer ${key}`, 'x'.repeat(10_001)));
  expect(reply.status).toBe(413);
  await checkProblem(reply);
});

it('answers 429 to a key that is used too often, as often as the document says, and to no other', async () => {
  const { user, key } = await createOwner();
  const [, times] = /(\d+) requests a minute/.exec(document) ?? [];
  for (let count = 0; count < Number(times); count += 20) {
    const replies = await Promise.all(Array.from({ length: 20 }, () => call(key)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
  }
  const reply = await GET(requestWith(`Bearer ${key}`));
  expect(reply.status).toBe(429);
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  await checkProblem(reply);
  expect((await call(await keyOf(user, 'Other'))).status).toBe(200);
});

it('notes when a key was used last', async () => {
  const { userId, key } = await createOwner();
  const lastUse = () => db().apiKey.findFirstOrThrow({ where: { userId } });
  expect(await lastUse()).toMatchObject({ lastUsedAt: null });
  await call(key);
  await expect.poll(lastUse, { timeout: 20_000 }).toMatchObject({ lastUsedAt: expect.any(Date) });
});

async function createOwner() {
  const { user, customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  return { user, userId: user.id, key: await keyOf(user), customer, subscription };
}

async function keyOf(user: Parameters<typeof createApiKey>[0], name = 'Test'): Promise<string> {
  const created = await createApiKey(user, name);
  if ('problem' in created) throw new Error(created.problem);
  return created.key;
}

/** Sends a request that is well formed: a POST when there is a body. */
async function call(key: string, body?: object): Promise<{ status: number; body: unknown }> {
  const request = requestWith(`Bearer ${key}`, body && JSON.stringify(body));
  const reply = await (body ? POST : GET)(request);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  statuses.add(reply.status);
  return { status: reply.status, body: await reply.json() };
}

function requestWith(authorization: string | null, body?: string): Request {
  const headers = new Headers();
  // As the bytes that came in: a header has no other characters.
  if (authorization !== null) headers.set('authorization', authorization);
  const method = body === undefined ? 'GET' : 'POST';
  return new Request('http://localhost/api/projects', { method, headers, body });
}

async function checkProblem(reply: Response): Promise<void> {
  statuses.add(reply.status);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(await reply.json()).toMatchObject({ status: reply.status, detail: expect.any(String) });
}

/** The answer in the document that contains a text. */
function example(text: string): unknown {
  const blocks = [...document.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = '']) => json);
  return JSON.parse(blocks.find((json) => json.includes(text)) ?? 'null');
}

/** The names of an object's members and the types of their values. */
function shapeOf(body: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(body)).map(([name, value]) => [name, typeof value]),
  );
}
