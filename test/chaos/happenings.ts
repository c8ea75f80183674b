/** What can happen to a request to Stripe. What is held up or late was read before, as at Stripe. */
export const stripeTroubles = {
  hold: "Stripe's answer is held up",
  late: "Stripe's answer is late",
  '429': 'Stripe answers 429',
  '500': 'Stripe answers 500',
  cut: 'the request to Stripe is cut off',
  'cut-answer': "Stripe's answer is cut off",
} as const;

export type StripeTrouble = keyof typeof stripeTroubles;

/** What can happen to a statement on its way to the database, or to its answer on the way back. */
export const databaseTroubles = {
  'cut-before': 'the database connection is cut before a statement',
  'cut-after': 'the database connection is cut after a statement',
  hold: 'a statement is held up',
  'hold-answer': "a statement's answer is held up",
} as const;

export type DatabaseTrouble = keyof typeof databaseTroubles;

/** All that can go wrong in a history. */
export const happenings = [
  'an event is lost',
  'an event comes once more after it was taken',
  'an event comes to two instances at once',
  'an event overtakes an older one',
  'events come before we know their customer',
  'an instance is killed at work',
  'an instance works with a wrong clock',
  'a reconciler runs beside deliveries',
  ...Object.values(stripeTroubles),
  ...Object.values(databaseTroubles),
] as const;

export type Happening = (typeof happenings)[number];

/** What histories cost, and how often each thing really went wrong in them. */
export class Tally {
  histories = 0;
  events = 0;
  deliveries = 0;
  readonly #counts = new Map<Happening, number>();

  note(happening: Happening): void {
    this.#counts.set(happening, this.count(happening) + 1);
  }

  count(happening: Happening): number {
    return this.#counts.get(happening) ?? 0;
  }
}
