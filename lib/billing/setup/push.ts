import type Stripe from 'stripe';
import {
  type CatalogueName,
  findCatalogueIds,
  type PortalName,
  rememberCatalogueId,
} from '../catalogue-objects';
import {
  features,
  type LookupKey,
  type PaidPlan,
  paidPlans,
  productId,
  retentionOffer,
} from '../plans';
import { stripe } from '../stripe';
import { diffFields } from './diff-fields';
import { refuseInLiveMode, refuseLostPlans } from './lost-plans';
import { portalConfiguration, portalNames } from './portal-configuration';
import { applyPrices } from './push-prices';

/** One thing at Stripe, or in our record of it, that is not as the catalogue says. */
export type Change = { object: string; action: 'create' | 'update' | 'record'; details: string[] };

/** Notes a change, and makes it unless this is a dry run. Then nothing is returned. */
export type Apply = <T>(change: Change, make: () => Promise<T>) => Promise<T | undefined>;

/**
 * Shows what {@link pushCatalogue} would change at the configured Stripe, and changes nothing.
 *
 * @returns an empty list when everything is as the catalogue says
 * @throws CatalogueError when the catalogue cannot be pushed as it is
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export function diffCatalogue(): Promise<Change[]> {
  return applyCatalogue({ isDryRun: true });
}

/**
 * Makes products, prices, the retention coupon and the portal configurations at the configured Stripe
 * what the catalogue says, and records their ids. Doing it again changes nothing. Existing subscribers
 * keep their price: an amount is changed by a new price that takes over the lookup key.
 *
 * @returns what was changed
 * @throws CatalogueError when the catalogue cannot be pushed as it is: then nothing was changed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow; pushing again continues
 *   where it stopped
 */
export function pushCatalogue(): Promise<Change[]> {
  return applyCatalogue({ isDryRun: false });
}

async function applyCatalogue({ isDryRun }: { isDryRun: boolean }): Promise<Change[]> {
  await refuseLostPlans();
  const changes: Change[] = [];
  const apply: Apply = async (change, make) => {
    changes.push(change);
    return isDryRun ? undefined : await make();
  };
  for (const plan of paidPlans) await applyProduct(plan, apply);
  await applyRetentionOffer(apply);
  const { prices, replaced } = await applyPrices(apply);
  for (const [key, id] of prices) if (id) await recordId(key, id, apply);
  for (const name of portalNames) await applyPortalConfiguration(name, prices, apply);
  // Only now, because a portal configuration may not offer an archived price.
  if (!isDryRun) {
    for (const id of replaced) await stripe().prices.update(id, { active: false });
  }
  return changes;
}

async function applyProduct(plan: PaidPlan, apply: Apply): Promise<void> {
  const id = productId(plan);
  const desired = {
    name: plan.title,
    description: plan.summary,
    active: true,
    metadata: { plan: plan.name },
    marketing_features: plan.features.map((feature) => ({ name: features[feature] })),
  };
  const object = `product ${id}`;
  const { data } = await stripe().products.list({ ids: [id], limit: 1 });
  if (!data[0] && plan.stripe?.product) refuseInLiveMode(object);
  await applyObject(apply, object, desired, data[0], {
    create: () => stripe().products.create({ id, ...desired }),
    update: () => stripe().products.update(id, desired),
  });
}

/** Stripe does not let a coupon's terms change: other terms need another name. */
async function applyRetentionOffer(apply: Apply): Promise<void> {
  const { name, title, percentOff, months } = retentionOffer;
  const { data } = await stripe().coupons.list({ limit: 100 });
  const existing = data.find(({ id }) => id === name);
  const desired = { name: title };
  const terms = {
    percent_off: percentOff,
    duration: 'repeating',
    duration_in_months: months,
  } as const;
  await applyObject(apply, `coupon ${name}`, desired, existing, {
    create: () => stripe().coupons.create({ id: name, ...desired, ...terms }),
    update: () => stripe().coupons.update(name, desired),
  });
}

async function applyPortalConfiguration(
  name: PortalName,
  prices: ReadonlyMap<LookupKey, string | undefined>,
  apply: Apply,
): Promise<void> {
  // In a dry run, a new price has no id yet.
  const desired = portalConfiguration(name, (key) => prices.get(key) ?? `(${key})`);
  const existing = await findPortalConfiguration(name);
  const { configurations } = stripe().billingPortal;
  const id = await applyObject(apply, `portal configuration ${name}`, desired, existing, {
    create: () => configurations.create(desired),
    update: (id) => configurations.update(id, desired),
  });
  if (id) await recordId(`portal:${name}`, id, apply);
}

/**
 * Creates an object that is not there, and updates one that differs from `desired`.
 *
 * @returns its id; undefined for one that a dry run did not create
 */
async function applyObject(
  apply: Apply,
  object: string,
  desired: object,
  existing: { id: string } | undefined,
  make: {
    create: () => Promise<{ id: string }>;
    update: (id: string) => Promise<unknown>;
  },
): Promise<string | undefined> {
  if (!existing) return (await apply({ object, action: 'create', details: [] }, make.create))?.id;
  const { id } = existing;
  const details = diffFields(desired, existing);
  if (details.length > 0) await apply({ object, action: 'update', details }, () => make.update(id));
  return id;
}

/** Ours has our metadata. Archived configurations, and those of others, are left alone. */
async function findPortalConfiguration(
  name: PortalName,
): Promise<Stripe.BillingPortal.Configuration | undefined> {
  const configurations = stripe().billingPortal.configurations.list({
    active: true,
    limit: 100,
    expand: ['data.features.subscription_update.products'],
  });
  for await (const configuration of configurations) {
    if (configuration.metadata?.catalogue === name) return configuration;
  }
  return undefined;
}

async function recordId(name: CatalogueName, id: string, apply: Apply): Promise<void> {
  const known = (await findCatalogueIds()).get(name);
  if (known === id) return;
  const details = [`${known ?? 'nothing'} → ${id}`];
  await apply({ object: name, action: 'record', details }, () => rememberCatalogueId(name, id));
}
