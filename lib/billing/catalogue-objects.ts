import { db } from '../db';
import { BillingError } from './errors';
import type { LookupKey, PaidPlanName } from './plans';
import { isLivemode, mode } from './stripe';

/**
 * The portal configurations: one for subscribers, one for those on a plan that has cheaper ones, one for
 * teams, whose plan is changed on our pages, and one for those whose plan has ended.
 */
export type PortalName = 'default' | 'lapsed' | 'shared' | PaidPlanName;

/** Our names for the objects that `npm run billing -- push` creates at Stripe. */
export type CatalogueName = LookupKey | `portal:${PortalName}`;

/**
 * Stripe's id of an object of the catalogue, in the configured mode. All are asked of the database at
 * once, and remembered until {@link forgetCatalogueIds}.
 *
 * @throws BillingError `not-set-up` when it has not been pushed
 */
export async function catalogueId(name: CatalogueName): Promise<string> {
  if (!remembered.has(name)) await rememberAll();
  const id = remembered.get(name);
  if (id) return id;
  const missing = `"${name}" is not at Stripe in ${mode()} mode. Run: npm run billing -- push`;
  throw new BillingError('not-set-up', missing);
}

/** Loads the ids before they are needed: a page does, so that a click on it need not. */
export async function prepareCatalogueIds(): Promise<void> {
  if (remembered.size === 0) await rememberAll();
}

/** Call it when Stripe refused something: other ids may have been pushed since. */
export function forgetCatalogueIds(): void {
  remembered.clear();
}

/** What was pushed, by our names, as the database has it now. */
export async function findCatalogueIds(): Promise<ReadonlyMap<string, string>> {
  const rows = await db().catalogueObject.findMany({ where: { livemode: isLivemode() } });
  return new Map(rows.map(({ name, stripeId }) => [name, stripeId]));
}

/** Remembers which Stripe object has this name, in the configured mode. */
export async function rememberCatalogueId(name: CatalogueName, stripeId: string): Promise<void> {
  const key = { name, livemode: isLivemode() };
  await db().catalogueObject.upsert({
    where: { name_livemode: key },
    create: { ...key, stripeId },
    update: { stripeId },
  });
  remembered.set(name, stripeId);
}

const remembered = new Map<string, string>();

async function rememberAll(): Promise<void> {
  for (const [name, id] of await findCatalogueIds()) remembered.set(name, id);
}
