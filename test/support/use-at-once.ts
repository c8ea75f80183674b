import { once } from 'node:events';
import { z } from 'zod';
import { db, isDatabaseUnavailable } from '@/lib/db';
import { consume } from '@/lib/usage/consume';
import { createWithin } from '@/lib/usage/create-within';
import { LimitReached } from '@/lib/usage/limit-reached';

// One instance of the app that uses what a person's plan allows many times at once: a program of its
// own, with connections of its own. It tells its parent that it has started, is told what to do, and
// tells how often it succeeded and was refused.

const task = z.object({
  userId: z.string(),
  times: z.int(),
  limit: z.enum(['exports', 'projects']),
});

process.on('disconnect', () => process.exit());
// Connections are there before all of them are wanted at once.
await Promise.all(Array.from({ length: 20 }, () => db().$queryRaw`SELECT 1`));
process.send?.('started');
const [message] = await once(process, 'message');
const { userId, times, limit } = task.parse(message);
const results = await Promise.allSettled(
  Array.from({ length: times }, () => untilAnswered(useOne)),
);
const failed = results.filter((result) => result.status === 'rejected');
process.send?.({
  succeeded: times - failed.length,
  refused: failed.filter(({ reason }) => reason instanceof LimitReached).length,
});

/** On a busy machine not everybody finds a connection in time. They try again, as people would. */
async function untilAnswered(work: () => Promise<unknown>, attempts = 10): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (attempts === 1 || !isDatabaseUnavailable(error)) throw error;
    return untilAnswered(work, attempts - 1);
  }
}

async function useOne(): Promise<unknown> {
  const user = { id: userId };
  if (limit === 'exports') return consume(user, limit);
  return createWithin(user, limit, (transaction) =>
    transaction.project.create({ data: { userId, name: 'One of many' } }),
  );
}
