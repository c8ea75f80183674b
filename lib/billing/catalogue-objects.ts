import { db } from '../db';
import { BillingError } from './errors';
import type { LookupKey } from './plans';
import { isLivemode } from './stripe';

/** The portal configurations: one for subscribers, one for those whose plan has ended. */
export type PortalName = 'default' | 'lapsed';

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
  const mode = isLivemode() ? 'live' : 'test';
  throw new BillingError(
    'not-set-up',
    `"${name}" is not at Stripe in ${mode} mode. Run: npm run billing -- push`,
  );
}

/** Asks for the ids before they are needed: a page does, so that no click on it has to. */
export async function prepareCatalogueIds(): Promise<void> {
  if (remembered.size === 0) await rememberAll();
}

/** To be called when Stripe refused something: what was remembered may have been pushed anew. */
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
