import type Stripe from 'stripe';
import {
  type CatalogueName,
  findCatalogueIds,
  type PortalName,
  rememberCatalogueId,
} from '../catalogue-objects';
import {
  currency,
  features,
  type Interval,
  intervals,
  type LookupKey,
  lookupKey,
  type PaidPlan,
  paidPlans,
  productId,
  retentionOffer,
} from '../plans';
import { stripe } from '../stripe';
import { differences } from './differences';
import { portalConfiguration, portalConfigurations } from './portal-configuration';

/** One thing at Stripe, or in our record of it, that is not as the catalogue says. */
export type Change = { object: string; action: 'create' | 'update' | 'record'; details: string[] };

/**
 * Shows what {@link pushCatalogue} would change at the configured Stripe, and changes nothing.
 *
 * @returns an empty list when everything is as the catalogue says
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export function diffCatalogue(): Promise<Change[]> {
  return reconcile({ apply: false });
}

/**
 * Makes products, prices and portal configurations at the configured Stripe what the catalogue
 * says, and records their ids. Doing it again changes nothing. Existing subscribers keep their
 * price: an amount is changed by a new price that takes the lookup key over.
 *
 * @returns what was changed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow; pushing again goes on
 *   where it stopped
 */
export function pushCatalogue(): Promise<Change[]> {
  return reconcile({ apply: true });
}

async function reconcile(mode: { apply: boolean }): Promise<Change[]> {
  const changes: Change[] = [];
  const step: Step = async (change, action) => {
    changes.push(change);
    return mode.apply ? await action() : undefined;
  };
  for (const plan of paidPlans) await reconcileProduct(plan, step);
  await reconcileRetentionOffer(step);
  const { prices, replaced } = await reconcilePrices(step);
  for (const name of portalNames) await reconcilePortal(name, prices, step);
  // Only now: a portal configuration may not offer an archived price.
  if (mode.apply) {
    for (const id of replaced) await stripe().prices.update(id, { active: false });
  }
  return changes;
}

type Step = <T>(change: Change, action: () => Promise<T>) => Promise<T | undefined>;

const portalNames = Object.keys(portalConfigurations).filter(
  (name): name is PortalName => name in portalConfigurations,
);

async function reconcileProduct(plan: PaidPlan, step: Step): Promise<void> {
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
  if (!data[0]) {
    await step({ object, action: 'create', details: [] }, () =>
      stripe().products.create({ id, ...desired }),
    );
    return;
  }
  const details = differences(desired, data[0]);
  if (details.length > 0) {
    await step({ object, action: 'update', details }, () => stripe().products.update(id, desired));
  }
}

/** A coupon's terms cannot be changed, at Stripe too: other terms are another name. */
async function reconcileRetentionOffer(step: Step): Promise<void> {
  const { name, title, percentOff, months } = retentionOffer;
  const { data } = await stripe().coupons.list({ limit: 100 });
  const existing = data.find(({ id }) => id === name);
  const object = `coupon ${name}`;
  if (!existing) {
    await step({ object, action: 'create', details: [] }, () =>
      stripe().coupons.create({
        id: name,
        name: title,
        percent_off: percentOff,
        duration: 'repeating',
        duration_in_months: months,
      }),
    );
  } else if (existing.name !== title) {
    const details = differences({ name: title }, existing);
    await step({ object, action: 'update', details }, () =>
      stripe().coupons.update(name, { name: title }),
    );
  }
}

/** @returns the prices' ids by lookup key, and the ids of those that a new price replaced */
async function reconcilePrices(step: Step) {
  const wanted = paidPlans.flatMap((plan) => intervals.map((interval) => ({ plan, interval })));
  const found = await stripe().prices.list({
    lookup_keys: wanted.map(({ plan, interval }) => lookupKey(plan, interval)),
    limit: 100,
  });
  const prices = new Map<LookupKey, string>();
  const replaced: string[] = [];
  for (const { plan, interval } of wanted) {
    const key = lookupKey(plan, interval);
    const desired = desiredPrice(plan, interval);
    const price = found.data.find(({ lookup_key }) => lookup_key === key);
    const details = price ? differences(desired, price) : [];
    const isRight = price && details.length === 0;
    const id = isRight ? price.id : (await createPrice(key, desired, details, step))?.id;
    if (price && !isRight) replaced.push(price.id);
    prices.set(key, id ?? `(${key})`);
    if (id) await record(key, id, step);
  }
  return { prices, replaced };
}

function desiredPrice(plan: PaidPlan, interval: Interval) {
  return {
    product: productId(plan),
    currency,
    unit_amount: plan.prices[interval],
    recurring: { interval },
    active: true,
    tax_behavior: 'exclusive',
  } satisfies Stripe.PriceCreateParams;
}

function createPrice(
  key: LookupKey,
  desired: ReturnType<typeof desiredPrice>,
  details: string[],
  step: Step,
) {
  return step({ object: `price ${key}`, action: 'create', details }, () =>
    stripe().prices.create({ ...desired, lookup_key: key, transfer_lookup_key: true }),
  );
}

async function reconcilePortal(
  name: PortalName,
  prices: ReadonlyMap<LookupKey, string>,
  step: Step,
): Promise<void> {
  const desired = portalConfiguration(name, (key) => prices.get(key) ?? `(${key})`);
  const object = `portal configuration ${name}`;
  const existing = await findPortalConfiguration(name);
  const details = existing ? differences(desired, existing) : [];
  let id = existing?.id;
  if (!existing) {
    const created = await step({ object, action: 'create', details }, () =>
      stripe().billingPortal.configurations.create(desired),
    );
    id = created?.id;
  } else if (details.length > 0) {
    await step({ object, action: 'update', details }, () =>
      stripe().billingPortal.configurations.update(existing.id, desired),
    );
  }
  if (id) await record(`portal:${name}`, id, step);
}

/** Ours is found by its metadata; archived ones, and those that others made, are left in peace. */
async function findPortalConfiguration(name: PortalName) {
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

async function record(name: CatalogueName, id: string, step: Step): Promise<void> {
  const known = (await findCatalogueIds()).get(name);
  if (known === id) return;
  const details = [`${known ?? 'nothing'} → ${id}`];
  await step({ object: name, action: 'record', details }, () => rememberCatalogueId(name, id));
}
