/**
 * The table of circumstances: for everything that a subscription can be at Stripe, what its owner
 * may use, what they are told, and what they can do. `findCircumstance` says which row applies.
 */
export const circumstances = {
  never_subscribed: {
    when: 'There never was a subscription.',
    access: 'free',
    tone: 'calm',
    title: 'You have no paid plan',
    detail:
      'The free plan costs nothing and needs no card. If you need more, choose a paid plan. You can change or cancel it at any time.',
    action: 'subscribe',
  },
  trialing: {
    when: 'Status `trialing`, and there is a card for the first payment.',
    access: 'plan',
    tone: 'calm',
    title: 'You are on trial',
    detail: 'The first payment is taken when the trial ends, unless you cancel before.',
    action: null,
  },
  trialing_without_card: {
    when: 'Status `trialing`, and there is no card for the first payment.',
    access: 'plan',
    tone: 'warning',
    title: 'No card on file for when your trial ends',
    detail: 'Add one before then to keep your plan.',
    action: 'update_card',
  },
  active: {
    when: 'Status `active`, and no other row applies.',
    access: 'plan',
    tone: 'calm',
    title: 'Your plan is active',
    detail: 'It renews automatically until you cancel it.',
    action: null,
  },
  card_expiring: {
    when: 'Status `active`, and the card expires before the next payment.',
    access: 'plan',
    tone: 'warning',
    title: 'Your card expires before the next payment',
    detail: 'Please update it before then so that your plan is not interrupted.',
    action: 'update_card',
  },
  plan_retired: {
    when: 'Status `active`, and the plan is no longer sold (`retired` in the catalogue).',
    access: 'plan',
    tone: 'calm',
    title: 'Your plan is no longer sold',
    detail:
      'You keep it for as long as you pay for it. Once it has ended, you cannot choose it again.',
    action: null,
  },
  canceling: {
    when: 'Status `active` or `trialing`, and it ends at a date that is set.',
    access: 'plan',
    tone: 'calm',
    title: 'Your plan will end',
    detail: 'You have it until the date above, and will not be charged again unless you keep it.',
    action: 'keep',
  },
  collection_paused: {
    when: 'Status `active` or `trialing`, and the collection of payments is paused.',
    access: 'plan',
    tone: 'calm',
    title: 'Payments are paused',
    detail: 'You keep your plan and are not charged while they are.',
    action: 'resume',
  },
  past_due: {
    when: 'Status `past_due`: a payment failed, and Stripe tries it again.',
    access: 'plan',
    tone: 'trouble',
    title: 'Your last payment did not go through',
    detail: 'You keep your plan while we try again. You do not have to wait: you can pay now.',
    action: 'pay',
  },
  unpaid: {
    when: 'Status `unpaid`: Stripe has stopped trying.',
    access: 'free',
    tone: 'trouble',
    title: 'Your plan is on hold',
    detail: 'We could not collect your last payment. You get your plan back as soon as it is paid.',
    action: 'pay',
  },
  incomplete: {
    when: 'Status `incomplete`: the first payment is not complete.',
    access: 'free',
    tone: 'trouble',
    title: 'Your first payment is not complete',
    detail:
      'Your plan starts once it is. Your bank may be waiting for you to approve it. After a day it lapses, and nothing is charged.',
    action: 'pay',
  },
  paused: {
    when: 'Status `paused`, for any reason but the next.',
    access: 'free',
    tone: 'calm',
    title: 'Your plan is paused',
    detail: 'You have what the free plan includes and are not charged until you resume it.',
    action: 'resume',
  },
  trial_paused: {
    when: 'Status `paused`, because the trial ended without a card.',
    access: 'free',
    tone: 'warning',
    title: 'Your trial has ended',
    detail:
      'There was no card on file, so your plan is paused and nothing was charged. Add a card, then resume your plan.',
    action: 'resume',
  },
  trial_ended: {
    when: 'Status `canceled`, because the trial ended without a card.',
    access: 'free',
    tone: 'calm',
    title: 'Your trial has ended',
    detail:
      'There was no card on file, so your plan did not continue and nothing was charged. You can choose a plan again.',
    action: 'subscribe',
  },
  ended: {
    when: 'Status `canceled`.',
    access: 'free',
    tone: 'calm',
    title: 'Your plan has ended',
    detail: 'You are on the free plan. Nothing you made was deleted. You can choose a plan again.',
    action: 'subscribe',
  },
  never_started: {
    when: 'Status `incomplete_expired`: the first payment was never completed.',
    access: 'free',
    tone: 'calm',
    title: 'Your plan never started',
    detail: 'The first payment was not completed in time, so nothing was charged.',
    action: 'subscribe',
  },
  customer_deleted: {
    when: 'The customer was deleted at Stripe, or belongs to another Stripe account or mode.',
    access: 'free',
    tone: 'calm',
    title: 'Your billing account was closed',
    detail: 'You will not be charged again. You can choose a new plan at any time.',
    action: 'subscribe',
  },
  unknown_price: {
    when: 'Status `active`, `trialing` or `past_due`, at a price that is not in the catalogue.',
    access: 'free',
    tone: 'warning',
    title: 'You have a plan that we do not recognize',
    detail: 'This is a fault on our side. Please write to us, and we will put it right.',
    action: 'contact',
  },
} as const satisfies Record<string, CircumstanceShape>;

/** The actions of the table, as the buttons call them. */
export const actionLabels = {
  pay: 'Pay now',
  update_card: 'Update card',
  resume: 'Resume plan',
  keep: 'Keep plan',
  subscribe: 'See the plans',
  contact: 'Write to us',
} as const;

export type CircumstanceName = keyof typeof circumstances;

type CircumstanceShape = {
  /** For the documentation. */
  when: string;
  /** What the plan of the subscription includes, or only what is free. */
  access: 'plan' | 'free';
  /** `calm`: nothing has to be done. `warning`: something will go wrong. `trouble`: it has. */
  tone: 'calm' | 'warning' | 'trouble';
  title: string;
  detail: string;
  /** What helps, or the obvious next step. */
  action: keyof typeof actionLabels | null;
};
