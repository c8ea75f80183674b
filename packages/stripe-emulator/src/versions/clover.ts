import type { Context } from '../core/context';
import type { FormTree } from '../core/form';
import { isJson, type Json, type VersionChange } from '../core/version-change';

const PHASES = {
  'POST /v1/subscription_schedules': phasesAt('phases'),
  'POST /v1/subscription_schedules/:id': phasesAt('phases'),
};

/** Coupons of discounts and promotion codes moved; subscriptions are billed in flexible mode. */
export const clover: VersionChange = {
  version: '2025-09-30.clover',
  objects: {
    discount: (ctx, discount) => ({
      ...discount,
      coupon: ctx.find('_redeemed', String(discount.id))?.coupon ?? couponOf(ctx, discount.source),
    }),
    promotion_code: (ctx, code) => ({ ...code, coupon: couponOf(ctx, code.promotion) }),
  },
  moved: { 'POST /v1/promotion_codes': { coupon: 'promotion.coupon' } },
  parameters: {
    'POST /v1/promotion_codes': (_ctx, tree) => {
      const promotion = tree.get('promotion');
      if (promotion instanceof Map && !promotion.has('type')) promotion.set('type', 'coupon');
    },
    'POST /v1/subscriptions': (_ctx, tree) => billClassically(tree),
    'POST /v1/subscription_schedules': (ctx, tree) => {
      PHASES['POST /v1/subscription_schedules'](ctx, tree);
      if (!tree.has('from_subscription')) billClassically(tree);
    },
    'POST /v1/subscription_schedules/:id': PHASES['POST /v1/subscription_schedules/:id'],
    'POST /v1/checkout/sessions': (_ctx, tree) => {
      if (tree.get('mode') === 'subscription') billClassically(hashIn(tree, 'subscription_data'));
    },
    'POST /v1/invoices/create_preview': (ctx, tree) => {
      const schedule = tree.get('schedule_details');
      if (schedule instanceof Map) phasesAt('phases')(ctx, schedule);
      if (tree.has('subscription') || tree.has('schedule')) return;
      const details = tree.get('subscription_details');
      if (schedule instanceof Map) billClassically(schedule);
      else if (details instanceof Map && details.has('items')) billClassically(details);
    },
  },
};

function couponOf(ctx: Context, holder: unknown): Json | null {
  const id = isJson(holder) ? holder.coupon : undefined;
  const coupon = typeof id === 'string' ? (ctx.find('coupon', id) ?? ctx.find('_deleted', id)) : id;
  return isJson(coupon) ? { ...coupon } : null;
}

function billClassically(tree: FormTree): void {
  if (!tree.has('billing_mode')) tree.set('billing_mode', new Map([['type', 'classic']]));
}

function hashIn(tree: FormTree, name: string): FormTree {
  const known = tree.get(name);
  if (known instanceof Map) return known;
  const made: FormTree = new Map();
  tree.set(name, made);
  return made;
}

/** A phase lasts so many times the interval of its first price: `iterations` became `duration`. */
function phasesAt(name: string) {
  return (ctx: Context, tree: FormTree): void => {
    const phases = tree.get(name);
    for (const phase of phases instanceof Map ? phases.values() : []) {
      const iterations = phase instanceof Map ? phase.get('iterations') : undefined;
      if (!(phase instanceof Map) || typeof iterations !== 'string') continue;
      const interval = intervalOf(ctx, phase);
      if (!interval) continue;
      phase.delete('iterations');
      const count = Number(iterations) * interval.interval_count;
      phase.set(
        'duration',
        new Map([
          ['interval', interval.interval],
          ['interval_count', String(count)],
        ]),
      );
    }
  };
}

function intervalOf(ctx: Context, phase: FormTree) {
  const items = phase.get('items');
  const item = items instanceof Map ? items.values().next().value : undefined;
  if (!(item instanceof Map)) return undefined;
  const price = item.get('price');
  if (typeof price === 'string') return ctx.find('price', price)?.recurring ?? undefined;
  const data = item.get('price_data');
  const recurring = data instanceof Map ? data.get('recurring') : undefined;
  if (!(recurring instanceof Map)) return undefined;
  return {
    interval: String(recurring.get('interval')),
    interval_count: Number(recurring.get('interval_count') ?? 1),
  };
}
