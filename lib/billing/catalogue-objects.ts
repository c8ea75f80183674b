import { db } from '../db';
import { BillingError } from './errors';
import type { LookupKey } from './plans';
import { isLivemode } from './stripe';

/** Our names for the objects that `npm run billing -- push` makes at Stripe. */
export type CatalogueName = LookupKey | `portal:${string}`;

/**
 * Stripe's id of an object of the catalogue, in the configured mode. Asked of the database once, and
 * then remembered until {@link forgetCatalogueIds}.
 *
 * @throws BillingError `not-set-up` when it has not been pushed
 */
export async function catalogueId(name: CatalogueName): Promise<string> {
  const id = remembered.get(name) ?? (await findCatalogueId(name));
  if (!id) {
    const mode = isLivemode() ? 'live' : 'test';
    throw new BillingError(
      'not-set-up',
      `"${name}" is not at Stripe in ${mode} mode. Run: npm run billing -- push`,
    );
  }
  remembered.set(name, id);
  return id;
}

/** To be called when Stripe refused something: what was remembered may have been pushed anew. */
export function forgetCatalogueIds(): void {
  remembered.clear();
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

const remembered = new Map<CatalogueName, string>();
