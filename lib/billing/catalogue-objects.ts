import { db } from '../db';
import { BillingError } from './errors';
import type { LookupKey } from './plans';
import { isLivemode } from './stripe';

/** Our names for the objects that `npm run billing -- push` makes at Stripe. */
export type CatalogueName = LookupKey | `portal:${string}`;

/**
 * Stripe's id of an object of the catalogue, in the configured mode.
 *
 * @throws BillingError `not-set-up` when it has not been pushed
 */
export async function catalogueId(name: CatalogueName): Promise<string> {
  const id = await findCatalogueId(name);
  if (id) return id;
  const mode = isLivemode() ? 'live' : 'test';
  throw new BillingError(
    'not-set-up',
    `"${name}" is not at Stripe in ${mode} mode. Run: npm run billing -- push`,
  );
}

/** As {@link catalogueId}, but undefined when it has not been pushed. */
export async function findCatalogueId(name: CatalogueName): Promise<string | undefined> {
  const found = await db().catalogueObject.findUnique({
    where: { name_livemode: { name, livemode: isLivemode() } },
  });
  return found?.stripeId;
}

/** Remembers which Stripe object has this name, in the configured mode. */
export async function rememberCatalogueId(name: CatalogueName, stripeId: string): Promise<void> {
  const key = { name, livemode: isLivemode() };
  await db().catalogueObject.upsert({
    where: { name_livemode: key },
    create: { ...key, stripeId },
    update: { stripeId },
  });
}
