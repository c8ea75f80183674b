import { z } from 'zod';
import type { Invoice } from '../generated/prisma/client';
import type { Words } from '../words/english';

/** In `Invoice.failure`: why the last attempt to charge an open invoice failed. */
export type PaymentFailure = z.infer<typeof schema>;

const schema = z.object({
  /** Stripe's decline or error code; `authentication_required` while the bank waits for the holder. */
  code: z.string(),
  /** Stripe's id of the card that was tried (pm_…), and what is shown of it; null when not known. */
  methodId: z.string().nullable(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});

/** What is mirrored of the reason why an open invoice is not paid; null when it was not refused. */
export function failureOf({ failure }: Pick<Invoice, 'failure'>): PaymentFailure | null {
  return schema.nullable().parse(failure);
}

/** Whether the bank wants the holder to approve the payment, rather than refuses it. */
export function awaitsApproval({ code }: Pick<PaymentFailure, 'code'>): boolean {
  return code === 'authentication_required';
}

/** Whether a dispute with this status of Stripe's is over. */
export function isDecided(disputeStatus: string): boolean {
  return /^(won|lost|prevented|warning_closed)$/.test(disputeStatus);
}

/** Why a card was refused, by Stripe's code for it: lib/words says it in one or two sentences. */
export function declineReason(code: string): keyof Words['billing']['declines'] {
  return reasons.find(([codes]) => codes.test(code))?.[1] ?? 'unknown';
}

/**
 * Codes that speak of theft or fraud are not among them, because Stripe advises against repeating them
 * to whoever holds the card.
 */
const reasons: readonly (readonly [codes: RegExp, reason: keyof Words['billing']['declines']])[] = [
  [/^insufficient_funds$/, 'funds'],
  [/_(limit|velocity)_exceeded$/, 'limit'],
  [/^(expired_card|invalid_expiry)/, 'expired'],
  [/_(cvc|pin)$|^pin_try_exceeded$/, 'code'],
  [/_(number|account)$/, 'number'],
  [/_(zip|address)$/, 'address'],
  [/authenti/, 'identity'],
  [/^(stop_payment|revocation)/, 'stopped'],
  [/^currency_not/, 'currency'],
  [/not_(supported|allowed|permitted)$/, 'kind'],
  [/^(processing_error|issuer_not|try_again|reenter|approve_with)/, 'later'],
];
