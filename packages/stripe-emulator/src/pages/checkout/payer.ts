import type { Stored } from '../../core/tables';
import { taxLocation } from '../../engine/tax-location';
import { ADDRESS_PARTS, addressIn, addressValues } from '../shared/address';
import type { PostedForm } from '../shared/posted-form';
import type { Order } from './order';

/** Who pays, as far as the session asks. */
export interface Payer {
  email: string;
  name: string | undefined;
  phone: string | undefined;
  address: NonNullable<Stored<'customer'>['address']> | undefined;
}

export type PayerErrors = Record<string, string>;

/** Whether the page has a field for it. */
export function asksFor({ customer, customerUpdate, session }: Order) {
  const isTaxed = session.automatic_tax.enabled && session.mode !== 'setup';
  return {
    address:
      session.billing_address_collection === 'required' ||
      (isTaxed && (!customer || customerUpdate.address === 'auto')),
    phone: session.phone_number_collection?.enabled === true,
    terms: session.consent_collection?.terms_of_service === 'required',
  };
}

/** What the fields about the payer say before anything is typed. */
export function knownPayer({ choice, customer, session }: Order): Record<string, string> {
  const known = session.automatic_tax.enabled ? (choice.address ?? customer?.address) : undefined;
  return addressValues('address', known);
}

/** The fields about the payer as they were typed, to be shown again. */
export function typedPayer(form: PostedForm): Record<string, string> {
  const names = ['phone', ...ADDRESS_PARTS.map((part) => `address.${part}`)];
  return Object.fromEntries(names.map((name) => [name, form.text(name)]));
}

export function readPayer(
  order: Order,
  form: PostedForm,
): { payer: Payer } | { errors: PayerErrors } {
  const { customer, session } = order;
  const asked = asksFor(order);
  const values = typedPayer(form);
  const email = customer?.email ?? session.customer_email ?? form.text('email', 512);
  const errors: PayerErrors = {};
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    errors.email = 'Your email address is incomplete.';
  }
  if (asked.phone && !/^[+\d][\d\s().-]{5,18}$/.test(values.phone ?? '')) {
    errors.phone = 'Your phone number is incomplete.';
  }
  if (asked.address) {
    if (!/^[A-Z]{2}$/.test(values['address.country'] ?? '')) {
      errors['address.country'] = 'Choose a country.';
    }
    const taxed = { address: addressIn('address', values), shipping: null };
    if (session.automatic_tax.enabled && !errors['address.country'] && !taxLocation(taxed)) {
      errors['address.postal_code'] = 'The tax cannot be calculated without it.';
    }
    if (!values['address.line1']) errors['address.line1'] = 'Your address is incomplete.';
  }
  if (asked.terms && !form.has('terms')) errors.terms = 'You must accept the terms.';
  if (Object.keys(errors).length > 0) return { errors };
  return {
    payer: {
      email,
      name: form.text('name') || undefined,
      phone: asked.phone ? values.phone : undefined,
      address: asked.address ? addressIn('address', values) : undefined,
    },
  };
}
