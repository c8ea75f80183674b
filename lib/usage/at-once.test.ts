import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createUser } from '@/test/support/integration';
import { freePlan } from '../billing/plans';
import { consume } from './consume';
import type { ConsumedLimit, CountedLimit } from './counted-rows';
import { usageOf } from './usage';

// Takes seconds, because two instances are two processes, and minutes on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

const instances: ChildProcess[] = [];

afterEach(() => {
  for (const instance of instances.splice(0)) instance.kill();
});

it('of two hundred calls for the last unit on two instances, exactly one succeeds', async () => {
  const user = await createUser();
  await consumeAllButOne(user);
  const { succeeded, refused } = await useAtOnce(user.id, 'exports');
  expect(succeeded).toBe(1);
  expect(refused).toBeGreaterThan(0);
  const usage = (await usageOf(user)).find(({ limit }) => limit === 'exports');
  expect(usage).toMatchObject({ used: freePlan.limits.exports });
});

it('of two hundred that create the last row on two instances, exactly one succeeds', async () => {
  const user = await createUser();
  const { succeeded, refused } = await useAtOnce(user.id, 'projects');
  expect(succeeded).toBe(freePlan.limits.projects);
  expect(refused).toBeGreaterThan(0);
  const usage = (await usageOf(user)).find(({ limit }) => limit === 'projects');
  expect(usage).toMatchObject({ used: freePlan.limits.projects });
});

async function consumeAllButOne(user: { id: string }): Promise<void> {
  const others = freePlan.limits.exports - 1;
  if (others > 0) await consume(user, 'exports', others);
}

const outcome = z.object({ succeeded: z.int(), refused: z.int() });

/** Has two instances use one each a hundred times at the same moment. */
async function useAtOnce(userId: string, limit: ConsumedLimit | CountedLimit) {
  const pair = [startInstance(), startInstance()];
  await Promise.all(pair.map((instance) => once(instance, 'message')));
  const outcomes = await Promise.all(
    pair.map(async (instance) => {
      instance.send({ userId, times: 100, limit });
      const [message] = await once(instance, 'message');
      return outcome.parse(message);
    }),
  );
  return {
    succeeded: outcomes.reduce((sum, { succeeded }) => sum + succeeded, 0),
    refused: outcomes.reduce((sum, { refused }) => sum + refused, 0),
  };
}

function startInstance(): ChildProcess {
  const instance = fork('test/support/use-at-once.ts', { execArgv: ['--import', 'tsx'] });
  instances.push(instance);
  return instance;
}
