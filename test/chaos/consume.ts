import { z } from 'zod';
import { WrongState } from './compare';
import type { World } from './world';

const reply = z.object({ left: z.number().nullable() });

/**
 * Has all instances count uses of one person at the same time, while nothing else goes on.
 *
 * @returns how many were granted
 * @throws WrongState when more or fewer were granted than fit, or not all of them were counted
 */
export async function consumeAtOnce(
  { places, database }: World,
  userId: string,
  { n, times }: { n: number; times: number },
): Promise<number> {
  const counter = () =>
    database.usageCounter.findUnique({ where: { userId_name: { userId, name: 'exports' } } });
  const before = await counter();
  const replies = await Promise.all(
    Array.from({ length: times }, async (_, index) => {
      const answer = await places[index % places.length]?.seat.ask(`/use?user=${userId}&n=${n}`);
      if (!answer?.ok) throw new WrongState(`A use failed: ${await answer?.text()}`);
      return reply.parse(await answer.json()).left;
    }),
  );
  const after = await counter();
  const left = replies.filter((each) => each !== null).toSorted((one, other) => one - other);
  const isNewPeriod = before?.periodEnd?.getTime() !== after?.periodEnd?.getTime();
  const counted = (after?.used ?? 0) - (isNewPeriod ? 0 : (before?.used ?? 0));
  if (counted !== left.length * n) {
    throw new WrongState(`${left.length} uses of ${n} were granted, and ${counted} counted.`);
  }
  const isUneven = left.some((each, index) => each < 0 || each !== (left[0] ?? 0) + index * n);
  if (isUneven) throw new WrongState(`Uses of ${n} left ${left.join(', ')}.`);
  if (left.length > 0 && left.length < times && (left[0] ?? 0) >= n) {
    throw new WrongState(`A use of ${n} was refused with ${left[0]} left.`);
  }
  return left.length;
}
