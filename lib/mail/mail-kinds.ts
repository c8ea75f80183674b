import { z } from 'zod';
import { limitNames } from '../billing/plan-with';

// The e-mails there are, and what each says. Facts are stored as JSON and come back with real dates.
// Amounts are in the currency's smallest unit; `plan` is the plan's title.

const price = z.object({
  amount: z.number(),
  currency: z.string(),
  interval: z.string(),
  intervalCount: z.number(),
});
const sum = { amount: z.number(), currency: z.string() };
/** A page of Stripe's for one invoice; our billing page where there is none. */
const invoice = z.string().nullable();

export const mailFacts = {
  welcome: z.object({
    plan: z.string(),
    price: price.nullable(),
    trialEndsAt: z.coerce.date().nullable(),
  }),
  trial_ending: z.object({
    plan: z.string(),
    price: price.nullable(),
    trialEndsAt: z.coerce.date(),
    hasCard: z.boolean(),
  }),
  /**
   * `goesOn` says whether the plan is paid for from now on. If not, `why` says more: it is paused and can
   * be resumed, or was ended because the person or their card had a trial before.
   */
  trial_ended: z.object({
    plan: z.string(),
    price: price.nullable(),
    goesOn: z.boolean(),
    why: z.enum(['paused', 'used']).optional(),
  }),
  receipt: z.object({ ...sum, plan: z.string().nullable(), paidAt: z.coerce.date(), invoice }),
  payment_failed: z.object({ ...sum, plan: z.string(), nextAttemptAt: z.coerce.date() }),
  payment_failed_finally: z.object({ ...sum, plan: z.string() }),
  action_required: z.object({ ...sum, plan: z.string(), invoice }),
  card_expiring: z.object({
    brand: z.string(),
    last4: z.string(),
    /** Amid its last month, so that no time zone makes another month of it. */
    expiresAt: z.coerce.date(),
    nextPaymentAt: z.coerce.date(),
  }),
  plan_changed: z.object({ plan: z.string(), price: price.nullable(), quantity: z.number() }),
  /** `plan` is the one to come; null when only Stripe knows. */
  plan_planned: z.object({
    plan: z.string().nullable(),
    at: z.coerce.date(),
    // Those that were queued by an earlier version have neither.
    quantity: z.number().default(1),
    price: price.nullable().default(null),
  }),
  canceled: z.object({ plan: z.string(), endsAt: z.coerce.date() }),
  /** `isSecond`: the app ended it, because there was a plan already. */
  ended: z.object({ plan: z.string(), endedAt: z.coerce.date(), isSecond: z.boolean().optional() }),
  /** `more` is the plan with more. */
  limit_reached: z.object({
    limit: z.enum(limitNames),
    allowed: z.number(),
    plan: z.string(),
    more: z.string().nullable(),
  }),
  refunded: z.object({ ...sum, invoice }),
  new_browser: z.object({ browser: z.string(), at: z.coerce.date() }),
  /** Goes to the address before. `email` is the new one, of which only the beginning is said. */
  email_changed: z.object({ email: z.string() }),
  /** `by` is the address of whoever sent it. */
  invited: z.object({
    team: z.string(),
    by: z.string(),
    invitation: z.string(),
    /** How often it was sent: each time with another link. */
    number: z.number(),
    expires: z.coerce.date(),
  }),
  goodbye: z.object({}),
  /** `refund` is what was paid back. */
  team_deleted: z.object({ team: z.string(), refund: z.object(sum).nullable() }),
} as const;

export type MailKind = keyof typeof mailFacts;
export type MailFacts = { [Kind in MailKind]: z.infer<(typeof mailFacts)[Kind]> };
export type Price = z.infer<typeof price>;

export const mailKinds = Object.keys(mailFacts).filter(
  (name): name is MailKind => name in mailFacts,
);

/** Those that are not about money: people can do without them, and say so in settings. */
export const optionalMails: ReadonlySet<MailKind> = new Set<MailKind>(['welcome', 'limit_reached']);

/** Those about who can get in: always sent. */
export const safetyMails: ReadonlySet<MailKind> = new Set<MailKind>([
  'new_browser',
  'email_changed',
  'goodbye',
  'team_deleted',
]);
