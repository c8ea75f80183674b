/**
 * The table of circumstances: for everything that a subscription can be at Stripe, what its owner
 * may use, what they are told, and what they can do. `findCircumstance` says which row applies.
 * docs/access.md quotes the comments.
 */
export const circumstances = {
  /** There never was a subscription. */
  never_subscribed: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** Status `trialing`, and there is a card for the first payment. */
  trialing: { access: 'plan', tone: 'calm', action: null },
  /** Status `trialing`, and there is no card for the first payment. */
  trialing_without_card: { access: 'plan', tone: 'calm', action: 'update_card' },
  /** Status `active`, and no other row applies. */
  active: { access: 'plan', tone: 'calm', action: null },
  /** Status `active`, and the card expires before the next payment. */
  card_expiring: { access: 'plan', tone: 'warning', action: 'update_card' },
  /** Status `active`, and the plan is no longer sold (`retired` in the catalogue). */
  plan_retired: { access: 'plan', tone: 'calm', action: null },
  /** Status `active` or `trialing`, and it ends at a date that is set. */
  canceling: { access: 'plan', tone: 'calm', action: 'keep' },
  /** Status `active` or `trialing`, and the collection of payments is paused. */
  collection_paused: { access: 'plan', tone: 'calm', action: 'resume' },
  /** Status `past_due`: a payment failed, and Stripe tries it again. */
  past_due: { access: 'plan', tone: 'trouble', action: 'pay' },
  /** Status `unpaid`: Stripe has stopped trying. */
  unpaid: { access: 'free', tone: 'trouble', action: 'pay' },
  /** Status `incomplete`: the first payment is not complete. */
  incomplete: { access: 'free', tone: 'trouble', action: 'pay' },
  /** Status `paused`, for any reason but the next. */
  paused: { access: 'free', tone: 'calm', action: 'resume' },
  /** Status `paused`, because the trial ended without a card. */
  trial_paused: { access: 'free', tone: 'warning', action: 'resume' },
  /** Status `canceled`, because the trial ended without a card. */
  trial_ended: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** Status `canceled`, because the person or their card had a trial before. */
  trial_refused: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** Status `canceled`. */
  ended: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** Status `incomplete_expired`: the first payment was never completed. */
  never_started: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** The customer was deleted at Stripe, or belongs to another Stripe account or mode. */
  customer_deleted: { access: 'free', tone: 'calm', action: 'subscribe' },
  /** Status `active`, `trialing` or `past_due`, at a price that is not in the catalogue. */
  unknown_price: { access: 'free', tone: 'warning', action: 'contact' },
} as const satisfies Record<string, CircumstanceShape>;

/** What can be done: lib/words says how the buttons call it. */
export type CircumstanceAction =
  | 'pay'
  | 'update_card'
  | 'resume'
  | 'keep'
  | 'subscribe'
  | 'contact';

export type CircumstanceName = keyof typeof circumstances;

type CircumstanceShape = {
  /** What the plan of the subscription includes, or only what is free. */
  access: 'plan' | 'free';
  /** `calm`: nothing has to be done. `warning`: something will go wrong. `trouble`: it has. */
  tone: 'calm' | 'warning' | 'trouble';
  /** What helps, or the obvious next step. */
  action: CircumstanceAction | null;
};
