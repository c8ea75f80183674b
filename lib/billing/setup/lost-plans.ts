import { db } from '../../db';
import { paidPlans, productId } from '../plans';
import { isLivemode } from '../stripe';
import { subscriptionStatuses } from '../subscription-status';

/** The catalogue contradicts what people pay for, or what Stripe has. */
export class CatalogueError extends Error {
  override name = 'CatalogueError';
  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem} ${remedy}`);
  }
}

/**
 * For what the catalogue names and Stripe does not have. In test mode it is made instead.
 *
 * @throws CatalogueError in live mode
 */
export function refuseInLiveMode(object: string): void {
  if (!isLivemode()) return;
  throw new CatalogueError(
    `Stripe has no ${object} in live mode, and the catalogue names it.`,
    'Correct its id in lib/billing/plans.ts.',
  );
}

/** The statuses that end a subscription for good. */
const over = subscriptionStatuses.slice(subscriptionStatuses.indexOf('canceled'));

/**
 * Refuses a catalogue that lacks a plan which people still pay for: from one sync to the next they would
 * lose what they pay for. A plan is known as ours by its name in the mirror, by a price that was pushed, or
 * by the product's id.
 *
 * @throws CatalogueError
 */
export async function refuseLostPlans(): Promise<void> {
  const [lost] = await db().$queryRaw<{ name: string; product: string; people: number }[]>`
    SELECT COALESCE(
        s.plan, regexp_replace(pushed.name, '_[a-z]+$', ''), substr(s."productId", 6)
      ) AS name, s."productId" AS product, count(DISTINCT c."userId")::int AS people
    FROM "Subscription" s JOIN "Customer" c ON c.id = s."customerId"
    LEFT JOIN "CatalogueObject" pushed
      ON pushed."stripeId" = s."priceId" AND pushed.livemode = c.livemode
    WHERE c.livemode = ${isLivemode()} AND NOT c.deleted AND s.status <> ALL(${over})
      AND (s.plan IS NOT NULL OR pushed.name IS NOT NULL OR s."productId" LIKE 'plan\\_%')
      AND s."productId" <> ALL(${paidPlans.map(productId)})
    GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 1`;
  if (!lost) return;
  const { name, product, people } = lost;
  throw new CatalogueError(
    `${people === 1 ? 'One person pays' : `${people} people pay`} for the plan "${name}" as the product ${product}, which the catalogue no longer has.`,
    `Put "${name}" back into lib/billing/plans.ts, with retired: true if it is no longer sold.`,
  );
}
