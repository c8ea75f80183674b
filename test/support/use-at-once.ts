import { once } from 'node:events';
import { z } from 'zod';
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
process.send?.('started');
const [message] = await once(process, 'message');
const { userId, times, limit } = task.parse(message);
const results = await Promise.allSettled(Array.from({ length: times }, useOne));
const failed = results.filter((result) => result.status === 'rejected');
process.send?.({
  succeeded: times - failed.length,
  refused: failed.filter(({ reason }) => reason instanceof LimitReached).length,
});

async function useOne(): Promise<unknown> {
  const user = { id: userId };
  if (limit === 'exports') return consume(user, limit);
  return createWithin(user, limit, (transaction) =>
    transaction.project.create({ data: { userId, name: 'One of many' } }),
  );
}
