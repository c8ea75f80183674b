/**
 * The plan catalogue: the only place that says what is sold, for how much, and what it gives.
 * `npm run billing -- push` makes Stripe say the same. Adding a plan is an entry here.
 */
const catalogue = [
  {
    name: 'free',
    title: 'Free',
    summary: 'For finding your feet.',
    prices: null,
    members: 5,
    features: [],
    limits: { projects: 1, exports: 1 },
  },
  {
    name: 'pro',
    title: 'Pro',
    summary: 'For people who ship every week.',
    recommended: true,
    prices: { month: { usd: 1200, eur: 1100 }, year: { usd: 12000, eur: 11000 } },
    members: 5,
    features: ['api'],
    limits: { projects: 10, exports: 100 },
  },
  {
    name: 'team',
    title: 'Team',
    summary: 'For companies that run on it.',
    prices: { month: { usd: 4900, eur: 4500 }, year: { usd: 49000, eur: 45000 } },
    seats: { min: 1, max: 25 },
    trial: { days: 14, card: false, end: 'cancel' },
    features: ['api'],
    limits: { projects: 100, exports: 1000 },
  },
] as const satisfies readonly PlanShape[];

/** What a plan can unlock, and how it is called on the pages. */
export const features = {
  api: 'API access',
} as const;

/**
 * What a plan limits, and how it is called on the pages. `per` is the period after which counting
 * starts again; null counts what there is.
 */
export const limits = {
  projects: { one: 'project', many: 'projects', per: null },
  exports: { one: 'export', many: 'exports', per: 'month' },
} as const;

/** What every price is offered in, the default first. */
export const currencies = ['usd', 'eur'] as const;

export const intervals = ['month', 'year'] as const;

/**
 * What a change of plan that takes effect at once comes to is charged immediately: nobody should meet
 * it weeks later on an invoice. Both the portal and our own page do this.
 */
export const planChangeProration = 'always_invoice';

/** What somebody who is about to cancel is offered, once. Its name is for good: Stripe's coupon id. */
export const retentionOffer = {
  name: 'stay-30',
  title: '30% off for three months',
  percentOff: 30,
  months: 3,
} as const;

/** Whether people can share a billing account as a team. Null turns teams off everywhere. */
export const teams: TeamSettings | null = { fewerSeats: 'next-invoice' };

type TeamSettings = {
  /** When a seat that is given up is no longer paid for: with the next invoice, or credited at once. */
  fewerSeats: 'next-invoice' | 'at-once';
};

export type PlanName = (typeof catalogue)[number]['name'];
export type PaidPlanName = Extract<(typeof catalogue)[number], { prices: object }>['name'];
export type Feature = keyof typeof features;
export type Limit = keyof typeof limits;
export type Interval = (typeof intervals)[number];
export type Currency = (typeof currencies)[number];
/** Amounts in the currency's smallest unit (cents); for each seat where a plan is sold by the seat. */
export type Prices = Readonly<Record<Interval, Readonly<Record<Currency, number>>>>;
/** Stripe's `lookup_key` of a price: how the catalogue names it, the same in test and live mode. */
export type LookupKey = `${PaidPlanName}_${Interval}`;
export type Plan = PlanShape & { name: PlanName };
export type PaidPlan = Plan & { name: PaidPlanName; prices: Prices };

type PlanShape = {
  /** Lower-case; stays forever once sold: Stripe's product id is made of it. */
  name: string;
  title: string;
  summary: string;
  prices: Prices | null;
  /** The one that the pricing page points out. */
  recommended?: true;
  /** No longer sold. Those who pay for it keep it and all it gives: a plan in use stays in this file. */
  retired?: true;
  /** Sold by the seat, between these numbers of them; a plan without is sold once. */
  seats?: { readonly min: number; readonly max: number };
  /** How many people can share it as a team where it is not sold by the seat; one when left out. */
  members?: number;
  trial?: Trial;
  /**
   * Stripe's ids of what exists there already and is this plan; the rest is made by us. In test mode,
   * where they do not exist, all of it is.
   */
  stripe?: {
    readonly product?: string;
    readonly prices?: Readonly<Partial<Record<Interval, string>>>;
  };
  features: readonly Feature[];
  limits: Readonly<Record<Limit, number>>;
};

/** Free days before the first payment, once for each person and card. */
export type Trial = {
  days: number;
  /** Whether a card is asked for at its start. */
  card: boolean;
  /** What becomes of the subscription when the trial ends without a card: `pause` can be resumed. */
  end: 'pause' | 'cancel';
};

export const plans: readonly Plan[] = catalogue;

/** The plan of someone who pays nothing. */
export const freePlan: Plan = catalogue[0];

export const paidPlans: readonly PaidPlan[] = plans.filter(
  (plan): plan is PaidPlan => plan.prices !== null,
);

/** What is for sale today. */
export const soldPlans: readonly Plan[] = plans.filter(({ retired }) => !retired);

/** The paid plans for sale that cost at least as much each month as this one. */
export function plansFrom({ prices }: PaidPlan): PaidPlan[] {
  const [currency] = currencies;
  return paidPlans.filter(
    (other) => !other.retired && other.prices.month[currency] >= prices.month[currency],
  );
}

/** The plans for which others, that are cheaper and not free, are for sale. */
export const dearerPlans: readonly PaidPlan[] = paidPlans.filter(
  (plan) => plansFrom(plan).length < paidPlans.filter(({ retired }) => !retired).length,
);

/** The plan with this name, or undefined when the catalogue has none. */
export function findPlan(name: string | null | undefined): Plan | undefined {
  return plans.find((plan) => plan.name === name);
}

/** How many people can share a plan as a team. */
export function mostMembers({ seats, members = 1 }: Pick<Plan, 'seats' | 'members'>): number {
  return seats?.max ?? members;
}

/** The paid plan with this name, also one that is no longer sold; undefined for none. */
export function findPaidPlan(name: unknown): PaidPlan | undefined {
  return paidPlans.find((plan) => plan.name === name);
}

/** Whether a value from outside names a billing interval of ours. */
export function isInterval(value: unknown): value is Interval {
  return intervals.some((interval) => interval === value);
}

/** A paid plan and how often it is paid, as somebody chose them. */
export type PlanChoice = { plan: PaidPlan; interval: Interval };

/**
 * The choice that a form or an address names, or null when we do not sell it. Wherever it is null,
 * the person is sent to `/pricing?problem=unknown-plan`.
 */
export function findPlanChoice(planName: unknown, interval: unknown): PlanChoice | null {
  const plan = findPaidPlan(planName);
  return plan && !plan.retired && isInterval(interval) ? { plan, interval } : null;
}

/** The currency of ours with this name, or undefined. */
export function findCurrency(name: unknown): Currency | undefined {
  return currencies.find((currency) => currency === name);
}

export function lookupKey(plan: PaidPlan, interval: Interval): LookupKey {
  return `${plan.name}_${interval}`;
}

/** Stripe's id of the product that a plan is sold as: as the catalogue names it, or made of the plan's name. */
export function productId({ name, stripe }: PaidPlan): string {
  return stripe?.product ?? `plan_${name}`;
}

/** The plan sold as this Stripe product, or undefined for products that are not ours. */
export function planOfProduct(id: string): PaidPlan | undefined {
  return paidPlans.find((plan) => productId(plan) === id);
}
