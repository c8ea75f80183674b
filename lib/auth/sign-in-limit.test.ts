import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { refusals } from '../rate-limit';
import { newContext, withRequestContext } from '../request/context';
import { mayHaveLink } from './sign-in-limit';

it('an inbox gets ten links an hour, however many callers ask at once', async () => {
  const email = address();
  const asked = await Promise.all(Array.from({ length: 40 }, () => ask(randomUUID(), email)));
  expect(asked.filter(Boolean)).toHaveLength(10);
});

it('a caller has sixty links sent in ten minutes, to however many inboxes', async () => {
  const caller = randomUUID();
  const before = (await refusals())['link-caller'] ?? 0;
  const asked = await Promise.all(Array.from({ length: 80 }, () => ask(caller, address())));
  expect(asked.filter(Boolean)).toHaveLength(60);
  await expect.poll(async () => (await refusals())['link-caller']).toBe(before + 20);
});

it('whoever has an inbox flooded does not lock its owner out', async () => {
  const email = address();
  const flooder = randomUUID();
  for (let link = 0; link < 12; link++) await ask(flooder, email);
  expect(await ask(flooder, email)).toBe(false);
  expect(await ask(randomUUID(), email)).toBe(true);
  // However many take part: the browser that the owner signed in with is counted apart.
  await Promise.all(Array.from({ length: 20 }, () => ask(randomUUID(), email)));
  expect(await ask(randomUUID(), email)).toBe(false);
  expect(await ask(randomUUID(), email, true)).toBe(true);
});

function address(): string {
  return `${randomUUID()}@example.com`;
}

function ask(caller: string, email: string, isKnownBrowser = false): Promise<boolean> {
  return withRequestContext(newContext(caller), () => mayHaveLink(email, isKnownBrowser));
}
