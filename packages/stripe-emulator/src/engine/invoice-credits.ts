import type { Context } from '../core/context';
import { balanceOf, expireGrant, isOver, isUsable, moveCredits } from './credit-grants';
import { isMetered } from './items';
import type { CreditGrant, Invoice, InvoiceLine } from './objects';

type PretaxCredit = NonNullable<InvoiceLine['pretax_credit_amounts']>[number];

/**
 * The lines of an invoice that is finalized, with what the customer's credit grants pay of those for
 * usage: after discounts, before taxes. What is taken of the grants is written down.
 *
 * @param invoice with its discounts worked out
 */
export function withCredits(ctx: Context, invoice: Invoice): InvoiceLine[] {
  const { currency, customer } = invoice;
  const grants = [...ctx.by('billing.credit_grant', 'customer', customer ?? '')]
    .filter((grant) => isUsable(ctx, grant) && grant.amount.monetary?.currency === currency)
    .sort(inOrder);
  if (grants.length === 0) return invoice.lines.data;
  return invoice.lines.data.map((line) => {
    const price = meteredPriceOf(ctx, line);
    if (price === undefined) return line;
    const taken: PretaxCredit[] = [];
    let rest = restOf(line);
    for (const grant of grants.filter((one) => appliesTo(one, price))) {
      const amount = Math.min(balanceOf(ctx, grant), rest);
      if (amount <= 0) continue;
      const cause = { invoice: invoice.id, invoice_line_item: line.id };
      const { id } = moveCredits(ctx, grant, amount, { type: 'credits_applied', ...cause });
      taken.push({ amount, credit_balance_transaction: id, type: 'credit_balance_transaction' });
      rest -= amount;
    }
    const former = line.pretax_credit_amounts ?? [];
    return { ...line, pretax_credit_amounts: [...former, ...taken] };
  });
}

/** Gives back the credits that an invoice took, as it is void; those of an expired grant are gone. */
export function returnCredits(ctx: Context, invoice: Invoice): void {
  for (const line of invoice.lines.data) {
    for (const { amount, credit_balance_transaction: id } of line.pretax_credit_amounts ?? []) {
      if (!id) continue;
      const { credit_grant } = ctx.get('billing.credit_balance_transaction', id);
      const grant = ctx.get('billing.credit_grant', credit_grant);
      moveCredits(ctx, grant, amount, {
        type: 'credits_application_invoice_voided',
        invoice: invoice.id,
        invoice_line_item: line.id,
      });
      if (isOver(ctx, grant)) expireGrant(ctx, grant.id);
    }
  }
}

/** The order in which grants are used: as their priorities say, then what would be lost first. */
function inOrder(a: CreditGrant, b: CreditGrant): number {
  const never = Number.MAX_SAFE_INTEGER;
  return (
    (a.priority ?? 50) - (b.priority ?? 50) ||
    (a.expires_at ?? never) - (b.expires_at ?? never) ||
    Number(b.category === 'promotional') - Number(a.category === 'promotional') ||
    (a.effective_at ?? 0) - (b.effective_at ?? 0) ||
    a.created - b.created
  );
}

function appliesTo({ applicability_config: { scope } }: CreditGrant, price: string): boolean {
  return !scope.prices?.length || scope.prices.some(({ id }) => id === price);
}

/** The metered price that a line of a subscription is for. */
function meteredPriceOf(ctx: Context, line: InvoiceLine): string | undefined {
  if (!line.parent?.subscription_item_details) return undefined;
  const price = ctx.find('price', line.pricing?.price_details?.price ?? '');
  return price && isMetered(price) ? price.id : undefined;
}

function restOf(line: InvoiceLine): number {
  return (line.discount_amounts ?? []).reduce((rest, { amount }) => rest - amount, line.amount);
}
