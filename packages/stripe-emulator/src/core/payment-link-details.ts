import type Stripe from 'stripe';
import type { Wire } from './wire';

/** What a payment link sells, and what it asks of the Checkout sessions it opens. */
export interface PaymentLinkDetails {
  /** The link's id. */
  id: string;
  lineItems: Wire<Stripe.LineItem>[];
  /** Parameters of the API's own request for a session, apart from its lines. */
  session: Readonly<Record<string, unknown>>;
}

/** What the address of a link says of whoever follows it; parameters of the session. */
export interface LinkVisit {
  client_reference_id?: string;
  customer_email?: string;
  locale?: string;
}
