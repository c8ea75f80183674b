import type { Context } from '../core/context';
import { cardRefused, invalidRequest } from '../core/errors';
import { checksOf, setupDeclineFor } from './cards';
import { fromToken } from './create-card';
import type { Customer, PaymentMethod } from './objects';

/**
 * The payment method a request names, ready to be used for a customer: a published test id such as
 * `pm_card_visa` becomes a new payment method, attached when there is a customer.
 * @throws StripeError for one that does not exist or is another customer's
 */
export function resolvePaymentMethod(
  ctx: Context,
  methodId: string,
  param: string,
  customer?: string | null,
): PaymentMethod {
  const fresh = fromToken(ctx, methodId);
  if (fresh) return customer ? attachPaymentMethod(ctx, fresh, customer) : fresh;
  const method = ctx.get('payment_method', methodId, param);
  if (!customer || method.customer === customer) return method;
  throw notAttached(methodId, param);
}

/** The id of the `default_payment_method` a request names, null when it names none. @throws StripeError */
export function defaultMethodOf(
  ctx: Context,
  customer: Customer,
  input: { default_payment_method?: string | null },
): string | null {
  const { default_payment_method: named } = input;
  return named ? resolvePaymentMethod(ctx, named, 'default_payment_method', customer.id).id : null;
}

/** The refusal of a payment method that is not the customer's. */
export function notAttached(methodId: string, param: string): Error {
  return invalidRequest(
    `The customer does not have a payment method with the ID ${methodId}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  );
}

/**
 * Attaches a payment method to a customer; attaching it again to the same one changes nothing.
 * @throws StripeError when it is another customer's or was detached, or when the card is declined
 */
export function attachPaymentMethod(
  ctx: Context,
  method: PaymentMethod,
  customerId: string,
): PaymentMethod {
  const customer = ctx.get('customer', customerId, 'customer');
  if (method.customer === customer.id) return method;
  if (method.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
    );
  }
  refuseUsedUp(ctx, method);
  refuseDeclined(ctx, method);
  const attached = ctx.update('payment_method', method.id, {
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    ...(method.card && { card: { ...method.card, checks: checksOf(ctx, method) } }),
  });
  ctx.emit('payment_method.attached', attached);
  return attached;
}

/** @throws StripeError for one that was detached, or paid once without belonging to anybody */
export function refuseUsedUp(ctx: Context, method: PaymentMethod): void {
  if (!ctx.find('_detached', method.id)) return;
  throw invalidRequest(
    'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
    'payment_method',
  );
}

/** Some cards are declined as soon as they are attached or set up. @throws StripeError 402 */
export function refuseDeclined(ctx: Context, method: PaymentMethod): void {
  const refused = setupDeclineFor(ctx, method);
  if (!refused) return;
  const { code, decline_code, message } = refused;
  throw cardRefused(message, code, code === 'card_declined' ? { decline_code } : {});
}
