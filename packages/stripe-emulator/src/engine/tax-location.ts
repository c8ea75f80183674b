import { StripeError } from '../core/errors';
import type { Customer } from './objects';

/** Where a customer is taxed, and how that is known. */
export interface TaxLocation {
  country: string;
  state: string | null;
  source: 'billing_address' | 'shipping_destination';
}

type Address = NonNullable<Customer['address']>;

type Located = Pick<Customer, 'address' | 'shipping'>;

/**
 * Where somebody is taxed: at the address goods go to, else at the billing address. A country is
 * enough, except in the United States (ZIP code) and Canada (province or postal code); undefined when
 * neither address says that much.
 */
export function taxLocation({ address, shipping }: Located): TaxLocation | undefined {
  if (isLocated(shipping?.address)) return locationOf(shipping.address, 'shipping_destination');
  return isLocated(address) ? locationOf(address, 'billing_address') : undefined;
}

/** Stripe's refusal when taxes are to be calculated for somebody who is nowhere. */
export function unlocated(options?: { keepsChanges: boolean }): StripeError {
  return new StripeError(
    400,
    {
      type: 'invalid_request_error',
      code: 'customer_tax_location_invalid',
      message:
        "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    },
    options,
  );
}

/** @throws StripeError unless it is known where the customer is taxed */
export function refuseUnlocated(customer: Located): void {
  if (!taxLocation(customer)) throw unlocated();
}

function isLocated(address: Partial<Address> | null | undefined): address is Address {
  if (!address?.country) return false;
  if (address.country === 'US') return /^\d{5}(-\d{4})?$/.test(address.postal_code ?? '');
  if (address.country === 'CA') return Boolean(address.state ?? address.postal_code);
  return true;
}

function locationOf({ country, state }: Address, source: TaxLocation['source']): TaxLocation {
  return { country: country ?? '', state, source };
}
