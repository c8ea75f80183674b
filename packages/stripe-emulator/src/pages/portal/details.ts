import type { Context } from '../../core/context';
import { invalidRequest } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { addressIn, addressValues } from '../shared/address';
import type { PostedForm } from '../shared/posted-form';
import type { Visit } from './visit';

/** The fields of the form by name, such as `address.line1`. */
export type DetailsValues = Record<string, string>;
export type DetailsErrors = Record<string, string>;

/** What the configuration lets the visitor change. @throws StripeError when that is nothing */
export function allowedUpdates({ configuration }: Visit): ReadonlySet<string> {
  const { allowed_updates, enabled } = configuration.features.customer_update;
  if (enabled && allowed_updates.length > 0) return new Set(allowed_updates);
  throw invalidRequest('Billing information cannot be changed here.');
}

export function presentDetails({ customer }: Visit): DetailsValues {
  const { shipping } = customer;
  return {
    name: customer.name ?? '',
    email: customer.email ?? '',
    phone: customer.phone ?? '',
    ...addressValues('address', customer.address),
    ...addressValues('shipping', shipping?.address),
    'shipping.name': shipping?.name ?? '',
  };
}

export function taxIdsOf(ctx: Context, { customer }: Visit): { id: string; value: string }[] {
  return [...ctx.by('tax_id', 'customer', customer.id)].map(({ id, value }) => ({ id, value }));
}

/** The form's fields as they were typed. */
export function typedDetails(visit: Visit, form: PostedForm): DetailsValues {
  const names = [...Object.keys(presentDetails(visit)), 'tax_id_type', 'tax_id_value'];
  return Object.fromEntries(names.map((name) => [name, form.text(name)]));
}

/** Saves what is allowed. @returns what is wrong with the fields; nothing is saved then */
export function saveDetails(
  emulator: StripeEmulator,
  visit: Visit,
  form: PostedForm,
): DetailsErrors | undefined {
  const allowed = allowedUpdates(visit);
  const values = typedDetails(visit, form);
  const errors = errorsIn(allowed, values);
  if (Object.keys(errors).length > 0) return errors;
  const path = `/v1/customers/${visit.customer.id}`;
  emulator.core.transact(() => {
    emulator.call(visit.world, 'POST', path, changesOf(visit, allowed, values));
    if (allowed.has('tax_id')) saveTaxIds(emulator, visit, form, values);
  });
  return undefined;
}

function errorsIn(allowed: ReadonlySet<string>, values: DetailsValues): DetailsErrors {
  const errors: DetailsErrors = {};
  if (allowed.has('email') && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email ?? '')) {
    errors.email = 'Your email address is incomplete.';
  }
  for (const part of ['address', 'shipping']) {
    const country = values[`${part}.country`] ?? '';
    if (allowed.has(part) && !/^([A-Z]{2})?$/.test(country)) {
      errors[`${part}.country`] = 'Choose a country.';
    }
  }
  if (allowed.has('tax_id') && values.tax_id_value && !values.tax_id_type) {
    errors.tax_id_type = 'Say what kind of tax ID this is.';
  }
  return errors;
}

function changesOf(visit: Visit, allowed: ReadonlySet<string>, values: DetailsValues) {
  const changes: Record<string, unknown> = {};
  for (const name of ['name', 'email', 'phone']) {
    if (allowed.has(name)) changes[name] = values[name];
  }
  if (allowed.has('address')) changes.address = addressIn('address', values) ?? '';
  if (allowed.has('shipping')) {
    const name = values['shipping.name'] || visit.customer.name || '';
    const address = addressIn('shipping', values);
    changes.shipping = address ? { name, address } : '';
  }
  return changes;
}

function saveTaxIds(
  emulator: StripeEmulator,
  visit: Visit,
  form: PostedForm,
  values: DetailsValues,
): void {
  const path = `/v1/customers/${visit.customer.id}/tax_ids`;
  for (const [id] of form.startingWith('remove.')) {
    emulator.call(visit.world, 'DELETE', `${path}/${id}`);
  }
  if (!values.tax_id_value) return;
  const added = { type: values.tax_id_type, value: values.tax_id_value };
  emulator.call(visit.world, 'POST', path, added);
}
