import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { exclusive, type FieldOutputs, missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import type { portalSessionParams } from './portal-session-params';

type Configuration = Stored<'billing_portal.configuration'>;
type FlowData = NonNullable<FieldOutputs<typeof portalSessionParams>['flow_data']>;

const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

/** The fields of `flow_data` that belong to one type of flow, each under its own name. */
const DETAILS = [
  'subscription_cancel',
  'subscription_pause',
  'subscription_update',
  'subscription_update_confirm',
] as const;

/**
 * Refuses a flow that could not be completed: its feature is off, its details are missing, its
 * subscription is another's or not fit for it.
 *
 * @throws StripeError
 */
export function refuseImpossibleFlow(
  ctx: Context,
  customer: Stored<'customer'>,
  configuration: Configuration,
  data: FlowData,
): void {
  const details = DETAILS.find((name) => name === data.type);
  const stray = DETAILS.find((name) => name !== data.type && data[name] !== undefined);
  if (stray) {
    throw invalidRequest(
      `\`flow_data[${stray}]\` can only be provided when \`flow_data[type]\` is \`${stray}\`.`,
      `flow_data[${stray}]`,
    );
  }
  if (details && !data[details]) throw missingParam(`flow_data[${details}]`);
  refuseDisabled(configuration, data);
  if (details && data[details]) {
    const path = `flow_data[${details}][subscription]`;
    refuseUnfit(ctx, customer, details, data[details].subscription, path);
  }
  const confirm = data.subscription_update_confirm;
  if (confirm) refuseChange(ctx, configuration, confirm);
  const coupon = data.subscription_cancel?.retention?.coupon_offer.coupon;
  if (coupon) {
    ctx.get('coupon', coupon, 'flow_data[subscription_cancel][retention][coupon_offer][coupon]');
  }
}

function refuseDisabled({ features }: Configuration, { type }: FlowData): void {
  const feature = {
    customer_update: ['customer update', features.customer_update.enabled],
    payment_method_update: ['payment method update', features.payment_method_update.enabled],
    subscription_cancel: ['subscription cancellation', features.subscription_cancel.enabled],
    subscription_pause: ['subscription pause', features.subscription_pause.enabled],
    subscription_update: ['subscription update', features.subscription_update.enabled],
    subscription_update_confirm: ['subscription update', features.subscription_update.enabled],
  }[type];
  if (feature[1]) return;
  throw invalidRequest(
    `This subscription cannot be changed because the ${feature[0]} feature in the portal configuration is disabled.`,
  );
}

function refuseUnfit(
  ctx: Context,
  customer: Stored<'customer'>,
  flow: (typeof DETAILS)[number],
  id: string,
  path: string,
): void {
  const subscription = ctx.get('subscription', id, path);
  if (subscription.customer !== customer.id) throw missing('subscription', id, path);
  if (ENDED.has(subscription.status)) {
    throw invalidRequest(
      `The subscription \`${id}\` is already canceled and cannot be canceled or updated.`,
      path,
    );
  }
  if (flow === 'subscription_cancel' && subscription.cancel_at !== null) {
    throw invalidRequest(
      `The subscription \`${id}\` is already set to be canceled at period end.`,
      path,
    );
  }
  if (flow === 'subscription_pause' && subscription.status === 'paused') {
    throw invalidRequest(`The subscription \`${id}\` is already paused.`, path);
  }
  const changes = flow === 'subscription_update' || flow === 'subscription_update_confirm';
  if (changes) refuseUnchangeable(ctx, subscription, path);
}

/** Customers can cancel such subscriptions, but not change them. */
function refuseUnchangeable(
  ctx: Context,
  subscription: Stored<'subscription'>,
  path: string,
): void {
  const reason =
    subscription.items.data.length > 1
      ? 'has multiple items'
      : subscription.items.data.some((item) => item.price.recurring?.usage_type === 'metered')
        ? 'uses usage-based pricing'
        : subscription.collection_method === 'send_invoice'
          ? 'is set to `collection_method=send_invoice`'
          : hasPendingSchedule(ctx, subscription)
            ? 'is managed by a subscription schedule with a pending update'
            : undefined;
  if (!reason) return;
  throw invalidRequest(
    `The subscription \`${subscription.id}\` cannot be updated because it ${reason}.`,
    path,
  );
}

function hasPendingSchedule(ctx: Context, subscription: Stored<'subscription'>): boolean {
  const schedule =
    subscription.schedule && ctx.find('subscription_schedule', subscription.schedule);
  return Boolean(schedule && schedule.status === 'active' && schedule.phases.length > 1);
}

function refuseChange(
  ctx: Context,
  configuration: Configuration,
  confirm: NonNullable<FlowData['subscription_update_confirm']>,
): void {
  const base = 'flow_data[subscription_update_confirm]';
  const [change] = confirm.items;
  if (!change) throw missingParam(`${base}[items]`);
  const subscription = ctx.get('subscription', confirm.subscription);
  const item = subscription.items.data.find((candidate) => candidate.id === change.id);
  if (!item) {
    throw invalidRequest(
      `No such subscription item: '${change.id}'`,
      `${base}[items][0][id]`,
      'resource_missing',
    );
  }
  const price = change.price
    ? ctx.get('price', change.price, `${base}[items][0][price]`)
    : item.price;
  const isSame = price.id === item.price.id && (change.quantity ?? item.quantity) === item.quantity;
  if (isSame && !confirm.discounts?.length) {
    throw invalidRequest(
      'There are no changes to confirm. Provide a different `price` or `quantity` for the item.',
      `${base}[items]`,
    );
  }
  if (price.id !== item.price.id && !isOffered(ctx, configuration, price.id)) {
    throw invalidRequest(
      `The price ${price.id} is not allowed by the portal configuration's \`features[subscription_update][products]\`.`,
      `${base}[items][0][price]`,
    );
  }
  confirm.discounts?.forEach((discount, index) => {
    const path = `${base}[discounts][${index}]`;
    exclusive(discount, 'coupon', 'promotion_code');
    if (discount.coupon) ctx.get('coupon', discount.coupon, `${path}[coupon]`);
    if (discount.promotion_code) {
      ctx.get('promotion_code', discount.promotion_code, `${path}[promotion_code]`);
    }
  });
}

function isOffered(_ctx: Context, configuration: Configuration, price: string): boolean {
  const products = configuration.features.subscription_update.products ?? [];
  return products.some((product) => product.prices.includes(price));
}
