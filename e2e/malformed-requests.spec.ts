import { expect } from 'playwright/test';
import { malformedRequests, statusOf } from '../test/support/malformed-requests';
import { test } from '../test/support/own-app';
import { inTurns, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

test('whatever is sent to whichever route, nothing of it is a failure of ours, and nothing secret is logged', async ({
  app,
}) => {
  const { cookie, email } = await createSubscriber();
  const { host, port } = new URL(app.url);
  const headers = `Cookie: ${cookie.name}=${cookie.value}\r\nOrigin: ${app.url}`;
  const statuses: Record<string, number> = {};
  const failures: string[] = [];
  const before = app.log.length;
  await inTurns(malformedRequests(400, host, headers), async (each) => {
    const status = await statusOf(each, Number(port));
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status >= 500) failures.push(`${status} to ${each.what}`);
  });
  expect(failures).toEqual([]);
  // It tried the app, not only its outermost door.
  expect(statuses['200']).toBeGreaterThan(0);
  expect((await send(app.url, { path: '/api/health/ready' })).status).toBe(200);
  const said = app.log.slice(before).join('\n');
  expect(said).not.toContain('"event":"request failed"');
  for (const secret of [cookie.value, email]) expect(said).not.toContain(secret);
});
