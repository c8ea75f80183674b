import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { CreditGrant, CreditTransaction } from './objects';

type Cause =
  | { type: 'credits_granted' | 'credits_expired' | 'credits_voided' }
  | {
      type: 'credits_applied' | 'credits_application_invoice_voided';
      invoice: string;
      invoice_line_item: string;
    };

/** What is left of a grant, in the smallest unit of its currency. */
export function balanceOf(ctx: Context, grant: CreditGrant): number {
  let balance = 0;
  for (const { credit, debit } of ctx.by(
    'billing.credit_balance_transaction',
    'credit_grant',
    grant.id,
  )) {
    balance += credit?.amount.monetary?.value ?? 0;
    balance -= debit?.amount.monetary?.value ?? 0;
  }
  return balance;
}

/** Whether a grant can pay for something now. */
export function isUsable(ctx: Context, grant: CreditGrant): boolean {
  return !isOver(ctx, grant) && (grant.effective_at ?? 0) <= ctx.now;
}

/** Expired or void: what was left is gone. */
export function isOver(ctx: Context, grant: CreditGrant): boolean {
  return grant.voided_at !== null || (grant.expires_at !== null && grant.expires_at <= ctx.now);
}

/** Moves credits into a grant or out of it; writes `billing.credit_balance_transaction.created`. */
export function moveCredits(
  ctx: Context,
  grant: CreditGrant,
  value: number,
  cause: Cause,
): CreditTransaction {
  const currency = grant.amount.monetary?.currency ?? 'usd';
  const amount = { monetary: { currency, value }, type: 'monetary' as const };
  const about = 'invoice' in cause ? lineOf(cause) : null;
  const { type } = cause;
  const isCredit = type === 'credits_granted' || type === 'credits_application_invoice_voided';
  return ctx.insert(
    'billing.credit_balance_transaction',
    {
      id: newId('cbtxn'),
      object: 'billing.credit_balance_transaction',
      created: ctx.now,
      credit: isCredit ? { amount, credits_application_invoice_voided: about, type } : null,
      credit_grant: grant.id,
      debit: isCredit ? null : { amount, credits_applied: about, type },
      effective_at: type === 'credits_granted' ? (grant.effective_at ?? ctx.now) : ctx.now,
      livemode: ctx.livemode,
      test_clock: grant.test_clock,
      type: isCredit ? 'credit' : 'debit',
    },
    'billing.credit_balance_transaction.created',
  );
}

/** The time of a grant has come: what is left of it is gone. */
export function expireGrant(ctx: Context, id: string): void {
  const grant = ctx.get('billing.credit_grant', id);
  const left = balanceOf(ctx, grant);
  if (left > 0) moveCredits(ctx, grant, left, { type: 'credits_expired' });
}

function lineOf({ invoice, invoice_line_item }: { invoice: string; invoice_line_item: string }) {
  return { invoice, invoice_line_item };
}
