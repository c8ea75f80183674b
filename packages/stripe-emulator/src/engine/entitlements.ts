import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { Subscription } from './objects';

const GRANTING: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due']);

/**
 * Makes a customer's active entitlements be what their subscriptions' products grant, and tells about
 * it with `entitlements.active_entitlement_summary.updated` when something changed.
 */
export function refreshEntitlements(ctx: Context, customer: string): void {
  const granted = grantedFeatures(ctx, customer);
  const former = [...ctx.by('entitlements.active_entitlement', 'customer', customer)];
  const lost = former.filter((entitlement) => !granted.has(entitlement.feature));
  const held = new Set(former.map((entitlement) => entitlement.feature));
  const gained = [...granted].filter(([feature]) => !held.has(feature));
  if (lost.length === 0 && gained.length === 0) return;
  for (const entitlement of lost) {
    ctx.world['entitlements.active_entitlement'].delete(entitlement.id);
  }
  for (const [feature, lookupKey] of gained) {
    ctx.insert('entitlements.active_entitlement', {
      id: newId('ent_test', 24),
      object: 'entitlements.active_entitlement',
      customer,
      feature,
      livemode: ctx.livemode,
      lookup_key: lookupKey,
    });
  }
  ctx.emit('entitlements.active_entitlement_summary.updated', summary(ctx, customer), {
    entitlements: { data: former.map(({ customer: _owner, ...entitlement }) => entitlement) },
  });
}

/** The features, and their lookup keys, that a customer's running subscriptions grant. */
function grantedFeatures(ctx: Context, customer: string): Map<string, string> {
  const granted = new Map<string, string>();
  for (const subscription of ctx.by('subscription', 'customer', customer)) {
    if (!grants(subscription)) continue;
    for (const item of subscription.items.data) {
      for (const { entitlement_feature: feature } of ctx.by(
        'product_feature',
        'product',
        item.price.product,
      )) {
        granted.set(feature.id, feature.lookup_key);
      }
    }
  }
  return granted;
}

function grants(subscription: Subscription): boolean {
  return GRANTING.has(subscription.status);
}

function summary(ctx: Context, customer: string) {
  const entitlements = [...ctx.by('entitlements.active_entitlement', 'customer', customer)];
  return {
    object: 'entitlements.active_entitlement_summary',
    customer,
    entitlements: {
      object: 'list' as const,
      data: entitlements.map(({ customer: _owner, ...entitlement }) => entitlement),
      has_more: false,
      url: `/v1/customer/${customer}/entitlements`,
    },
    livemode: ctx.livemode,
  };
}
