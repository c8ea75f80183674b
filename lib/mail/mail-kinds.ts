import { z } from 'zod';

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
  /** `goesOn` says whether the plan is paid for from now on. */
  trial_ended: z.object({ plan: z.string(), price: price.nullable(), goesOn: z.boolean() }),
  receipt: z.object({ ...sum, plan: z.string().nullable(), paidAt: z.coerce.date(), invoice }),
  payment_failed: z.object({ ...sum, plan: z.string(), nextAttemptAt: z.coerce.date() }),
  payment_failed_finally: z.object({ ...sum, plan: z.string() }),
  action_required: z.object({ ...sum, plan: z.string(), invoice }),
  card_expiring: z.object({
    brand: z.string(),
    last4: z.string(),
    /** The last day of its last month. */
    expiresAt: z.coerce.date(),
    nextPaymentAt: z.coerce.date(),
  }),
  plan_changed: z.object({ plan: z.string(), price: price.nullable(), quantity: z.number() }),
  /** `plan` is the one to come; null when only Stripe knows. */
  plan_planned: z.object({ plan: z.string().nullable(), at: z.coerce.date() }),
  canceled: z.object({ plan: z.string(), endsAt: z.coerce.date() }),
  ended: z.object({ plan: z.string(), endedAt: z.coerce.date() }),
  /** `things` are what is limited, in English and in the plural; `more` is the plan with more. */
  limit_reached: z.object({
    things: z.string(),
    allowed: z.number(),
    plan: z.string(),
    more: z.string().nullable(),
  }),
  refunded: z.object({ ...sum, invoice }),
} as const;

export type MailKind = keyof typeof mailFacts;
export type MailFacts = { [Kind in MailKind]: z.infer<(typeof mailFacts)[Kind]> };
export type Price = z.infer<typeof price>;

export const mailKinds = Object.keys(mailFacts).filter(
  (name): name is MailKind => name in mailFacts,
);

/** Those that are not about money: people can do without them, and say so in settings. */
export const optionalMails: ReadonlySet<MailKind> = new Set<MailKind>(['welcome', 'limit_reached']);
