import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { countAgainst, TooManyError } from './rate-limit';

it('lets exactly as many through as it says, however many come at once', async () => {
  const limit = { name: `test-${randomUUID()}`, points: 5, seconds: 60 };
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, () => countAgainst(limit, 'one')),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  await expect(countAgainst(limit, 'another')).resolves.toBeUndefined();
});

it('says when it can be tried again', async () => {
  const limit = { name: `test-${randomUUID()}`, points: 1, seconds: 60 };
  await countAgainst(limit, null);
  const error = await countAgainst(limit, null).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TooManyError);
  expect(error).toMatchObject({ retryAfter: expect.any(Number) });
});
