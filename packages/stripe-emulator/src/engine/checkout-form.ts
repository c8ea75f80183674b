import type { Customer } from './objects';

/** What somebody filled in on the Checkout page. */
export interface CheckoutForm {
  /** A payment method made of the card on the page, or a saved one; absent when none is needed. */
  paymentMethod?: string;
  /** The customer passed the authentication that the card asked for. */
  authenticated?: boolean;
  email?: string;
  name?: string;
  phone?: string;
  address?: NonNullable<Customer['address']>;
  /** Such as `FRIENDS20`, as typed. */
  promotionCode?: string;
  /** New quantities, by the id of the line item. */
  quantities?: Record<string, number>;
}
