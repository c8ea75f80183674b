import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { normalizer } from './normalize';

/** What one scenario saw, by names of its own; comparable between one Stripe and another. */
export type Observations = Record<string, unknown>;

/** Where scenarios run: the emulator, or Stripe's test mode. */
export interface Venue {
  readonly name: string;
  readonly stripe: Stripe;
  /** Milliseconds between looks at something that takes time there. */
  readonly patience: number;
}

/** What is compared of an error. */
type Refusal = Record<
  'code' | 'decline_code' | 'message' | 'param' | 'rawType' | 'statusCode',
  unknown
>;

const LOOKS = 60;

/** An account's events are kept for a month, and each run leaves some. */
const MOST_EVENTS = 2_000;

/** What a scenario works with. It sees only what the API says, and cleans up when the scenario is over. */
export class Stage {
  readonly stripe: Stripe;
  readonly seen: Observations = {};
  #venue: Venue;
  #normalize = normalizer();
  #cleaning: (() => Promise<unknown>)[] = [];

  constructor(venue: Venue) {
    this.#venue = venue;
    this.stripe = venue.stripe;
  }

  /** Keeps what is seen, with ids, times and secrets replaced by where they first appeared. */
  see(name: string, value: unknown): void {
    this.seen[name] = this.#normalize(value);
  }

  /** Keeps how a request is refused; that it is not is kept too. */
  async refusal(name: string, request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
      this.see(name, 'not refused');
    } catch (error) {
      // Not by the class: SDKs of other versions have classes of their own.
      if (!(error instanceof Error) || !('rawType' in error)) throw error;
      const { code, decline_code, message, param, rawType, statusCode }: Partial<Refusal> = error;
      this.see(name, { code, decline_code, message, param, rawType, statusCode });
    }
  }

  /** Keeps the types of the events about an object, oldest first, once no more are coming. */
  async events(name: string, id: string, until: string): Promise<void> {
    const types = await this.eventually(`the event ${until} about ${id}`, async () => {
      const all = await this.#eventTypes(id);
      return all.includes(until) ? all : undefined;
    });
    await sleep(this.#venue.patience * 2);
    const later = await this.#eventTypes(id);
    this.see(name, later.length > types.length ? later : types);
  }

  /** Asks until there is an answer. @throws Error when there is none after a minute of asking */
  async eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    for (let look = 0; look < LOOKS; look++) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await sleep(this.#venue.patience);
    }
    throw new Error(`${this.#venue.name} did not come to ${what}.`);
  }

  /** Moves a test clock and waits until it is there. */
  async advance(clock: string, to: number): Promise<void> {
    await this.stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
    await this.eventually(`the end of moving the clock ${clock}`, async () => {
      const { status } = await this.stripe.testHelpers.testClocks.retrieve(clock);
      return status === 'ready' ? true : undefined;
    });
  }

  /** A customer on a clock of their own, which is deleted with all they have. */
  async customer(card = 'pm_card_visa', at = now()): Promise<{ id: string; clock: string }> {
    const clock = await this.stripe.testHelpers.testClocks.create({ frozen_time: at });
    this.clean(() => this.stripe.testHelpers.testClocks.del(clock.id));
    const customer = await this.stripe.customers.create({
      email: 'conformance@example.com',
      name: 'Conformance',
      test_clock: clock.id,
      payment_method: card,
      invoice_settings: { default_payment_method: card },
    });
    return { id: customer.id, clock: clock.id };
  }

  /** A product with a monthly price, archived at the end: what has prices cannot be deleted. */
  async price(
    amount: number,
    interval: 'month' | 'year' = 'month',
    product?: string,
  ): Promise<{ id: string; product: string }> {
    const price = await this.stripe.prices.create({
      currency: 'usd',
      unit_amount: amount,
      recurring: { interval },
      ...(product === undefined ? { product_data: { name: 'Conformance' } } : { product }),
    });
    const of = typeof price.product === 'string' ? price.product : price.product.id;
    this.clean(() => this.stripe.prices.update(price.id, { active: false }));
    if (product === undefined) this.clean(() => this.stripe.products.update(of, { active: false }));
    return { id: price.id, product: of };
  }

  /** Something to be undone at the end, last things first. */
  clean(undo: () => Promise<unknown>): void {
    this.#cleaning.unshift(undo);
  }

  /** Undoes everything. @returns what could not be undone */
  async cleanUp(): Promise<string[]> {
    const left: string[] = [];
    for (const undo of this.#cleaning.splice(0)) {
      try {
        await undo();
      } catch (error) {
        left.push(error instanceof Error ? error.message : String(error));
      }
    }
    return left;
  }

  /** Of a test clock that is ahead, events come first; those of former runs are behind them. */
  async #eventTypes(id: string): Promise<string[]> {
    const types: string[] = [];
    let read = 0;
    for await (const event of this.stripe.events.list({ limit: 100 })) {
      if (event.created < now() - 86_400 || ++read > MOST_EVENTS) break;
      if (JSON.stringify(event.data.object).includes(id)) types.unshift(event.type);
    }
    return types;
  }
}

/** Unix seconds. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}
