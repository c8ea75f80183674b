import type { Context, Stored } from 'stripe-emulator/testing';

/**
 * What the database has to say of a customer, straight from Stripe's own tables and written down
 * without any code of the app: if the app reads a field wrongly, it shows here.
 */
export function truth(ctx: Context, customer: string, userId: string) {
  const known = ctx.find('customer', customer);
  const subscriptions = [...ctx.by('subscription', 'customer', customer)];
  const owner = { customerId: customer };
  return {
    customer: { id: customer, userId, deleted: !known, ...cardOf(ctx, known, subscriptions) },
    subscriptions: byId(subscriptions.map((it) => ({ ...owner, ...subscriptionOf(ctx, it) }))),
    invoices: byId(
      [...ctx.by('invoice', 'customer', customer)].map((it) => ({
        ...owner,
        ...invoiceOf(it),
        ...paymentOf(ctx, it),
      })),
    ),
  };
}

export function byId<T extends { id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const IMPORTANCE = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete'];

function cardOf(
  ctx: Context,
  customer: Stored<'customer'> | undefined,
  subscriptions: readonly Stored<'subscription'>[],
) {
  const paying = IMPORTANCE.flatMap((status) =>
    subscriptions
      .filter((subscription) => subscription.status === status)
      .toSorted((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1)),
  )[0];
  const method =
    paying?.default_payment_method ?? customer?.invoice_settings.default_payment_method ?? null;
  const card = method ? ctx.find('payment_method', idIn(method))?.card : undefined;
  return {
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    cardExpMonth: card?.exp_month ?? null,
    cardExpYear: card?.exp_year ?? null,
  };
}

function subscriptionOf(ctx: Context, subscription: Stored<'subscription'>) {
  const items = subscription.items.data.map((item) => ({
    id: item.id,
    priceId: item.price.id,
    productId: idIn(item.price.product),
    currency: item.price.currency,
    unitAmount: item.price.unit_amount,
    quantity: item.quantity ?? null,
    interval: item.price.recurring?.interval ?? null,
    intervalCount: item.price.recurring?.interval_count ?? null,
    currentPeriodStart: time(item.current_period_start),
    currentPeriodEnd: time(item.current_period_end),
    discounts: item.discounts.map(idIn),
  }));
  const paused = subscription.status === 'paused' ? subscription.status_details?.paused : null;
  const { id: itemId, discounts: _, ...main } = items[0] ?? { id: '', discounts: [] };
  const end = subscription.cancel_at_period_end
    ? (subscription.items.data[0]?.current_period_end ?? null)
    : null;
  return {
    id: subscription.id,
    status: subscription.status,
    plan: ('productId' in main ? main.productId : '').replace('plan_', ''),
    itemId,
    ...main,
    items,
    discounts: subscription.discounts.map((discount) => discountOf(ctx, idIn(discount))),
    cancelAt: time(subscription.cancel_at ?? end),
    canceledAt: time(subscription.canceled_at),
    endedAt: time(subscription.ended_at),
    trialStart: time(subscription.trial_start),
    trialEnd: time(subscription.trial_end),
    pauseBehavior: subscription.pause_collection?.behavior ?? null,
    resumesAt: time(subscription.pause_collection?.resumes_at ?? null),
    pausedAt: time(paused?.transitioned_at ?? null),
    pauseReason: paused?.subscription.type ?? null,
    scheduleId: subscription.schedule && idIn(subscription.schedule),
    nextChange: nextChangeOf(ctx, subscription),
    cancelReason: subscription.cancellation_details?.reason ?? null,
    cancelFeedback: subscription.cancellation_details?.feedback ?? null,
    cancelComment: subscription.cancellation_details?.comment ?? null,
    createdAt: time(subscription.created),
  };
}

function nextChangeOf(ctx: Context, subscription: Stored<'subscription'>) {
  const { pending_update: pending, latest_invoice: invoiceId } = subscription;
  const waiting = pending?.subscription_items?.[0];
  if (pending && waiting) {
    const goal = goalOf(ctx, waiting.price.id, waiting.quantity);
    return { kind: 'unpaid', at: time(pending.expires_at), ...goal, invoiceId };
  }
  if (!subscription.schedule) return null;
  const { current_phase: current, phases } = ctx.get(
    'subscription_schedule',
    idIn(subscription.schedule),
  );
  const phase = phases[phases.findIndex((it) => it.start_date === current?.start_date) + 1];
  const [item] = phase?.items ?? [];
  const [held] = subscription.items.data;
  if (!phase || !item || !held) return null;
  const goal = goalOf(ctx, idIn(item.price), item.quantity);
  if (goal.priceId === held.price.id && goal.quantity === (held.quantity ?? 1)) return null;
  return { kind: 'scheduled', at: time(phase.start_date), ...goal, invoiceId: null };
}

function goalOf(ctx: Context, priceId: string, quantity = 1) {
  const price = ctx.get('price', priceId);
  return {
    plan: idIn(price.product).replace('plan_', ''),
    priceId,
    unitAmount: price.unit_amount,
    quantity,
    interval: price.recurring?.interval ?? 'month',
    intervalCount: price.recurring?.interval_count ?? 1,
  };
}

function discountOf(ctx: Context, id: string) {
  const discount = ctx.get('discount', id);
  const coupon = ctx.find('coupon', discount.source.coupon ? idIn(discount.source.coupon) : '');
  return {
    id,
    couponId: coupon?.id ?? null,
    promotionCodeId: discount.promotion_code && idIn(discount.promotion_code),
    percentOff: coupon?.percent_off ?? null,
    amountOff: coupon?.amount_off ?? null,
    currency: coupon?.currency ?? null,
    endsAt: time(discount.end),
  };
}

function invoiceOf(invoice: Stored<'invoice'>) {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return {
    id: invoice.id,
    subscriptionId: subscription ? idIn(subscription) : null,
    number: invoice.number,
    status: invoice.status,
    currency: invoice.currency,
    total: invoice.total,
    amountPaid: invoice.amount_paid,
    amountDue: invoice.amount_due,
    billingReason: invoice.billing_reason,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    createdAt: time(invoice.created),
    dueAt: time(invoice.due_date),
    paidAt: time(invoice.status_transitions.paid_at),
    nextAttemptAt: time(invoice.next_payment_attempt),
    attemptCount: invoice.attempt_count,
  };
}

/** An invoice has one payment here; the dispute about it is the newest. */
function paymentOf(ctx: Context, invoice: Stored<'invoice'>) {
  const intents = [...ctx.by('invoice_payment', 'invoice', invoice.id)].flatMap(({ payment }) => {
    const intent = payment.payment_intent && ctx.find('payment_intent', payment.payment_intent);
    return intent ? [intent] : [];
  });
  const charges = intents.flatMap(({ latest_charge: id }) => {
    const charge = id && ctx.find('charge', idIn(id));
    return charge ? [charge] : [];
  });
  const disputes = charges.flatMap(({ id }) => [...ctx.by('dispute', 'charge', id)]);
  return {
    amountRefunded: charges.reduce((sum, charge) => sum + charge.amount_refunded, 0),
    disputeStatus: disputes.toSorted((a, b) => b.created - a.created)[0]?.status ?? null,
    failure: invoice.status === 'open' && intents[0] ? failureIn(ctx, intents[0]) : null,
  };
}

function failureIn(ctx: Context, intent: Stored<'payment_intent'>) {
  const { status, payment_method, last_payment_error: error } = intent;
  const isWaiting = status === 'requires_action';
  if (!isWaiting && !error) return null;
  const tried = isWaiting ? payment_method : error?.payment_method;
  const method = tried ? ctx.find('payment_method', idIn(tried)) : undefined;
  return {
    code: isWaiting ? 'authentication_required' : (error?.decline_code ?? error?.code),
    methodId: tried ? idIn(tried) : null,
    brand: method?.card?.brand ?? null,
    last4: method?.card?.last4 ?? null,
  };
}

function time(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

function idIn(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}
