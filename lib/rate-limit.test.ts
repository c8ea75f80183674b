import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { query } from './db';
import { Prisma } from './generated/prisma/client';
import { countAgainst, TooManyError } from './rate-limit';

it('lets exactly as many through as it says, however many come at once', async () => {
  const [limit, key] = [{ name: 'click', points: 5, seconds: 60 } as const, randomUUID()];
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, () => countAgainst(limit, key)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  await expect(countAgainst(limit, randomUUID())).resolves.toBeUndefined();
});

it('says when it can be tried again', async () => {
  const limit = { name: 'return', points: 1, seconds: 60 } as const;
  const key = randomUUID();
  await countAgainst(limit, key);
  const error = await countAgainst(limit, key).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TooManyError);
  expect(error).toMatchObject({ retryAfter: expect.any(Number) });
});

it('does not wait for the disk', async () => {
  const [table] = await query(Prisma.sql`
    SELECT relpersistence::text AS kind FROM pg_class WHERE oid = 'rate_limit'::regclass`);
  expect(table).toEqual({ kind: 'u' });
});
