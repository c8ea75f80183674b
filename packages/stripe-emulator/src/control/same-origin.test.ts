import { request } from 'node:http';
import { expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';

const running = emulatorForTests();

/** Not `fetch`, which decides about these headers itself. */
function ask(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${running.url}${path}`, { method, headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

test.each([
  ['a program', 'POST', {}, 200],
  ['a program that knows the machine by another name', 'POST', { host: 'stripe:4242' }, 200],
  ['the emulator’s own page', 'POST', { 'sec-fetch-site': 'same-origin' }, 200],
  ['somebody who typed the address', 'GET', { 'sec-fetch-site': 'none' }, 200],
  ['a page of another site', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of another site, reading', 'GET', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another site’s page in an old browser', 'POST', { origin: 'https://evil.test' }, 403],
  [
    'a page that got here under a name of its own',
    'POST',
    { 'sec-fetch-site': 'same-origin', host: 'evil.test' },
    403,
  ],
])('%s gets %s answered as it may be', async (_, method, headers, status) => {
  const path = method === 'GET' ? '/_emulator/requests' : '/_emulator/reset';
  expect(await ask(method, path, { ...headers })).toBe(status);
});
