import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { defaultMethodOf } from '../engine/attach-payment-method';
import { redeemDiscounts } from '../engine/discounts';
import { createInvoice } from '../engine/invoicing';
import { isNew } from '../engine/payer';
import { refuseBothTaxes, taxRatesOf } from '../engine/tax-rates';
import { customerOf } from './customer-param';
import type { newInvoiceFields } from './invoice-params';
import { shownFields } from './invoice-shown-fields';

/** Makes a draft by hand, with what is pending if asked for. @throws StripeError */
export function createByHand(
  request: Context,
  params: FieldOutputs<typeof newInvoiceFields>,
): Stored<'invoice'> {
  const customer = customerOf(request, params);
  const ctx = request.onClockOf(customer);
  const subscription = params.subscription
    ? ctx.get('subscription', params.subscription, 'subscription')
    : undefined;
  const sends = (params.collection_method ?? subscription?.collection_method) === 'send_invoice';
  if (
    sends &&
    params.days_until_due === undefined &&
    params.due_date === undefined &&
    !subscription
  ) {
    throw invalidRequest(
      'If invoice collection method is `send_invoice`, then you must specify `due_date` or `days_until_due`.',
    );
  }
  refuseBothTaxes(params.automatic_tax?.enabled, { default_tax_rates: params.default_tax_rates });
  const used = params.currency ?? subscription?.currency ?? customer.currency ?? 'usd';
  const draft = createInvoice(ctx, {
    customer,
    subscription,
    reason: 'manual',
    currency: used,
    lines: [],
    takesPendingItems:
      params.pending_invoice_items_behavior === 'include' || subscription !== undefined,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: params.auto_advance ?? false,
    discounts:
      params.discounts === undefined
        ? (subscription?.discounts ?? [])
        : redeemDiscounts(ctx, params.discounts ?? [], {
            customer,
            isFirstPurchase: isNew(ctx, customer),
            currency: used,
          }),
    collectionMethod: params.collection_method,
    daysUntilDue: params.days_until_due,
    defaultPaymentMethod: defaultMethodOf(ctx, customer, params),
    description: params.description,
    footer: params.footer,
    metadata: mergeMetadata({}, params.metadata),
    onBehalfOf: params.on_behalf_of,
    automaticTax: params.automatic_tax?.enabled,
    defaultTaxRates:
      params.default_tax_rates === undefined
        ? undefined
        : taxRatesOf(ctx, params.default_tax_rates, 'default_tax_rates'),
  });
  return ctx.update('invoice', draft.id, shownFields(draft, params));
}
