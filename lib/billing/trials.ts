import { keyedHash } from '../auth/token-hash';
import { db } from '../db';

type Person = { id: string; email: string };

/** Whether somebody had no trial yet. Whether their card had one is known only after Checkout. */
export async function mayHaveTrial({ id: userId, email }: Person): Promise<boolean> {
  const [used, own] = await Promise.all([
    db().trialUse.count({ where: { hash: addressHash(email) } }),
    // They may have had another address then.
    db().subscription.count({ where: { customer: { userId }, trialStart: { not: null } } }),
  ]);
  return used + own === 0;
}

/**
 * Notes who and which cards have a trial.
 *
 * @param cards Stripe's fingerprints of them
 * @returns false when the person or one of the cards had another trial before
 */
export async function claimTrial(
  subscriptionId: string,
  { id: userId, email, cards = [] }: Person & { cards?: readonly string[] },
): Promise<boolean> {
  const hashes = [addressHash(email), ...cards.map((card) => keyedHash('trial card', card))];
  const data = hashes.map((hash) => ({ hash, subscriptionId }));
  await db().trialUse.createMany({ data, skipDuplicates: true });
  const [others, own] = await Promise.all([
    db().trialUse.count({
      where: { hash: { in: hashes }, subscriptionId: { not: subscriptionId } },
    }),
    db().subscription.count({
      where: {
        customer: { userId },
        trialStart: { not: null },
        id: { not: subscriptionId },
      },
    }),
  ]);
  return others + own === 0;
}

/** Of the address without its `+tag`: mail for both reaches the same person. */
function addressHash(email: string): string {
  return keyedHash('trial address', email.replace(/\+[^@]*(?=@)/, ''));
}
