import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { metadata } from '../core/metadata';
import {
  type FieldOutputs,
  integer,
  missingParam,
  type Output,
  object,
  oneOf,
  refine,
  required,
  type Schema,
  string,
  unsettable,
} from '../core/params';
import type { Stored } from '../core/tables';
import { createCard, fromToken } from '../engine/create-card';
import { addressParam, email, mergeAddress } from './fields';
import { isMethodType } from './method-types';

export const billingDetails = object({
  address: unsettable(addressParam()),
  email: unsettable(email()),
  name: unsettable(string()),
  phone: unsettable(string()),
  tax_id: unsettable(string()),
});

export const allowRedisplay = oneOf(['always', 'limited', 'unspecified']);

type BillingDetails = Stored<'payment_method'>['billing_details'];

/** What makes a new payment method; also `payment_method_data` of an intent. */
export const paymentMethodFields = {
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: object({
    cvc: string(),
    exp_month: integer(),
    exp_year: integer(),
    number: string(),
    token: string(),
  }),
  metadata: metadata(),
  type: required(cardType()),
};

/** Stripe has many kinds of payment method, the emulator one. */
function cardType(): Schema<'card'> {
  return refine(string(), (type, path) => {
    if (type === 'card') return type;
    if (isMethodType(type) || type === 'custom') {
      throw invalidRequest(`The emulator takes cards only, not ${path} \`${type}\`.`, path);
    }
    throw invalidRequest(`Invalid ${path}: ${type} is not a type of payment method.`, path);
  });
}

/** Makes a payment method of a card number or a token. */
export function createPaymentMethod(
  ctx: Context,
  params: FieldOutputs<typeof paymentMethodFields>,
): Stored<'payment_method'> {
  const { card } = params;
  if (!card) throw missingParam('card');
  const details = {
    allow_redisplay: params.allow_redisplay,
    billing_details: params.billing_details && billingOf(undefined, params.billing_details),
    metadata: params.metadata,
  };
  if (card.token !== undefined) {
    const method = fromToken(ctx, card.token, details);
    if (method) return method;
    throw invalidRequest(`Invalid token id: ${card.token}`, 'token');
  }
  const { number, exp_month, exp_year, cvc } = card;
  if (number === undefined) throw missingParam('card[number]');
  if (exp_month === undefined) throw missingParam('card[exp_month]');
  if (exp_year === undefined) throw missingParam('card[exp_year]');
  return createCard(ctx, { number, exp_month, exp_year, cvc }, details);
}

/** Billing details after a change, the address field by field. */
export function billingOf(
  current: BillingDetails | undefined,
  given: Output<typeof billingDetails>,
): BillingDetails {
  const { address, ...plain } = given;
  return {
    email: null,
    name: null,
    phone: null,
    tax_id: null,
    ...current,
    ...plain,
    address: mergeAddress(current?.address, address ?? {}),
  };
}
