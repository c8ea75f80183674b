import type { Context } from '../core/context';
import type { OwnTaxes } from '../core/own-taxes';
import { automaticTerm } from './automatic-tax';
import type { Customer, Invoice, InvoiceLine } from './objects';
import { type TaxLocation, taxLocation } from './tax-location';
import type { TaxTerm } from './tax-math';
import { termsOf } from './tax-rates';

/**
 * What taxes a line of an invoice: rates of its own, the place where the customer is (when tax is
 * automatic), or the invoice's rates.
 */
export function taxTerms(ctx: Context, invoice: Invoice): (line: InvoiceLine) => TaxTerm[] {
  const customer = invoice.customer ? ctx.find('customer', invoice.customer) : undefined;
  const exempt = customer?.tax_exempt ?? invoice.customer_tax_exempt;
  const location = customer && taxLocation(customer);
  return (line) => {
    const own = ownTaxes(ctx, line);
    if (own?.rates) {
      return termsOf(
        own.rates.map((id) => ctx.get('tax_rate', id)),
        exempt,
      );
    }
    if (!invoice.automatic_tax.enabled) return termsOf(invoice.default_tax_rates, exempt);
    return location ? [automaticTerm(ctx, location, exempt, contains(ctx, line, own))] : [];
  };
}

/** How far the calculation of an invoice's automatic tax has come. */
export function automaticTaxStatus(ctx: Context, invoice: Invoice): Invoice['automatic_tax'] {
  const { automatic_tax: tax } = invoice;
  if (!tax.enabled) return { ...tax, liability: null, provider: null, status: null };
  return {
    disabled_reason: null,
    enabled: true,
    liability: tax.liability ?? { type: 'self' },
    provider: 'stripe',
    status: locationOf(ctx, invoice) ? 'complete' : 'requires_location_inputs',
  };
}

export function locationOf(ctx: Context, invoice: Invoice): TaxLocation | undefined {
  const customer: Customer | undefined = ctx.find('customer', invoice.customer ?? '');
  return customer && taxLocation(customer);
}

function ownTaxes(ctx: Context, line: InvoiceLine): OwnTaxes | undefined {
  const { invoice_item_details: byItem, subscription_item_details: bySubscription } =
    line.parent ?? {};
  const item = byItem?.invoice_item ?? bySubscription?.invoice_item;
  const own = ctx.find('_taxed', line.id);
  if (own || !item) return own;
  const rates = ctx.find('invoiceitem', item)?.tax_rates ?? [];
  const { behavior } = ctx.find('_taxed', item) ?? {};
  return { id: item, behavior, ...(rates.length > 0 && { rates: rates.map(({ id }) => id) }) };
}

/** Prices whose behavior is not said are taken as excluding tax, as most accounts are set up. */
function contains(ctx: Context, line: InvoiceLine, own: OwnTaxes | undefined): boolean {
  const price = line.pricing?.price_details?.price;
  const said = own?.behavior ?? (price && ctx.find('price', price)?.tax_behavior);
  return said === 'inclusive';
}
