import type { Context } from '../core/context';
import { automaticTerm } from './automatic-tax';
import type { CartItem } from './checkout-quote';
import type { CheckoutSession, Customer } from './objects';
import { taxLocation } from './tax-location';
import type { TaxTerm } from './tax-math';
import { type TaxExempt, termsOf } from './tax-rates';

/** By what a cart is taxed, where its lines have no rates of their own. */
export interface TaxBasis {
  isAutomatic: boolean;
  /** The rates of the subscription to be. */
  defaultRates: string[];
  /** Whoever pays, as far as is known. */
  payer: Pick<Customer, 'address' | 'shipping'> & { tax_exempt?: TaxExempt };
}

type Address = Customer['address'];

/**
 * How a session is taxed: by the customer, or by the address that was filled in, where there is no
 * customer yet or the session may save it.
 */
export function taxBasis(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer | undefined,
  typed: Address | undefined,
): TaxBasis {
  const { customerUpdate, subscription } = ctx.get('_checkout', session.id);
  const isTaken = typed && (!customer || customerUpdate.address === 'auto');
  return {
    isAutomatic: session.automatic_tax.enabled,
    defaultRates: subscription.default_tax_rates ?? [],
    payer: {
      address: isTaken ? typed : customer?.address,
      shipping: isTaken ? null : (customer?.shipping ?? null),
      tax_exempt: customer?.tax_exempt,
    },
  };
}

/** What taxes one thing in a cart. */
export function cartTerms(ctx: Context, item: CartItem, basis: TaxBasis): TaxTerm[] {
  const { defaultRates, isAutomatic, payer } = basis;
  const rates = item.taxRates.length > 0 ? item.taxRates : defaultRates;
  if (!isAutomatic) {
    return termsOf(
      rates.map((id) => ctx.get('tax_rate', id)),
      payer.tax_exempt,
    );
  }
  const location = taxLocation(payer);
  const contains = item.price.tax_behavior === 'inclusive';
  return location ? [automaticTerm(ctx, location, payer.tax_exempt, contains)] : [];
}

/** How far the calculation of a session's automatic tax has come. */
export function sessionTax({ isAutomatic, payer }: TaxBasis): CheckoutSession['automatic_tax'] {
  const isLocated = taxLocation(payer) !== undefined;
  return {
    enabled: isAutomatic,
    liability: isAutomatic ? { type: 'self' } : null,
    provider: isAutomatic ? 'stripe' : null,
    status: isAutomatic ? (isLocated ? 'complete' : 'requires_location_inputs') : null,
  };
}
