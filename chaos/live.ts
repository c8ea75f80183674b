import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import Stripe from 'stripe';
import type { StoredEvent } from '../sandbox/stripe/core/event';
import { act, passTime } from './actions';
import type { Step, Trouble } from './history';
import { mirrored } from './mirrored';
import { truth } from './truth';
import { clearStripe, type Place, type World } from './world';

/** What one history cost and did, for the report of a long run. */
export type Tally = { deliveries: number; events: number };

/** The database ended up saying something that Stripe does not. */
export class WrongState extends Error {
  override name = 'WrongState';
}

/** Nothing has gone through for so long that nothing will. */
const QUIET_MILLISECONDS = 12;
const MOST_ROUNDS = 30;

/**
 * Lives through a history, lets the dust settle as it would in the end (what is held goes on, what
 * was not acknowledged is delivered again, what was lost is reconciled), and compares.
 *
 * @throws WrongState when the database does not say what Stripe says
 */
export async function live(world: World, steps: readonly Step[]): Promise<Tally> {
  clearStripe(world);
  const life = new Life(world);
  await life.begin();
  for (const step of steps) await life.take(step);
  await life.settle();
  await life.compare();
  return life.tally;
}

const usual = { price: 'pro_month', card: 'pm_card_visa', coupon: 'TENTH' } as const;
const numbers = { index: 0, quantity: 1, days: 7 };
const addCard = { kind: 'add a card', ...usual, ...numbers } as const;
const subscribe = { kind: 'subscribe', ...usual, ...numbers } as const;

type Person = { user: string; customer: string };

class Life {
  readonly tally: Tally = { deliveries: 0, events: 0 };
  #people: Person[] = [];
  /** Events that were not acknowledged yet, oldest first. */
  #pending: StoredEvent[] = [];
  #lost = false;
  #acknowledged = new Set<string>();
  #seen = new Set<string>();
  #underWay = new Set<Promise<unknown>>();

  constructor(private readonly world: World) {}

  /** Somebody who pays already, somebody with a card, and somebody with nothing. */
  async begin(): Promise<void> {
    const { stripe, database } = this.world;
    for (const deeds of [[addCard, subscribe], [addCard], []]) {
      const { id } = stripe.call('test', 'POST', '/v1/customers', {});
      const customer = String(id);
      const { id: user } = await database.user.create({
        data: { email: `${randomUUID()}@example.com`, stripeCustomerId: customer },
      });
      this.#people.push({ user, customer });
      for (const deed of deeds) act(stripe, customer, deed);
    }
    this.#collect();
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case 'act':
        act(this.world.stripe, this.#person(step.customer).customer, step.action);
        break;
      case 'time passes':
        await passTime(this.world.stripe, step.days);
        break;
      case 'deliver': {
        const event = this.#choose(step.event);
        if (!event) break;
        this.#trouble(this.#place(step.to), step.trouble, event.id, customerOf(event));
        this.#start(this.#deliver(event, this.#place(step.to)));
        await this.#quiet();
        break;
      }
      case 'deliver all at once':
        await this.#deliverAll();
        break;
      case 'drop for good': {
        const event = this.#choose(step.event);
        this.#pending = this.#pending.filter((each) => each !== event);
        this.#lost ||= event !== undefined;
        break;
      }
      case 'return from Stripe': {
        const { customer } = this.#person(step.customer);
        this.#trouble(this.#place(step.to), step.trouble, customer, customer);
        this.#start(this.#place(step.to).seat.ask(`/return?customer=${customer}`));
        await this.#quiet();
        break;
      }
      case 'let go':
        this.#letGo(this.#place(step.to));
        await this.#quiet();
        break;
      case 'kill':
        await this.#place(step.to).seat.kill();
        this.#letGo(this.#place(step.to));
        await this.#quiet();
        break;
      case 'clock is wrong':
        await this.#place(step.to).seat.ask(`/skew?seconds=${step.seconds}`);
        break;
    }
    this.#collect();
  }

  async settle(): Promise<void> {
    for (const { seat, postgres, stripe } of this.world.places) {
      postgres.disarm();
      stripe.disarm();
      await seat.ask('/skew?seconds=0');
    }
    // What is held comes last, so that nothing that follows can put right what it does wrong.
    await this.#deliverAll();
    this.world.places.forEach(this.#letGo);
    await Promise.all(this.#underWay);
    for (let round = 0; this.#pending.length > 0; round++) {
      if (round === MOST_ROUNDS) throw new WrongState(`Never taken: ${this.#pending[0]?.type}.`);
      const deliveries = this.#pending.map((event, index) =>
        this.#deliver(event, this.#place(index + round)),
      );
      await Promise.all(deliveries);
    }
    if (this.#lost) {
      const reply = await this.#place(0).seat.ask('/reconcile');
      if (!reply?.ok) throw new WrongState(`Reconciling failed: ${await reply?.text()}`);
    }
    await this.#calm();
  }

  async compare(): Promise<void> {
    const { stripe, database } = this.world;
    for (const { customer, user } of this.#people) {
      const expected = stripe.run('test', (ctx) => truth(ctx, customer, user));
      const actual = await mirrored(database, customer);
      if (isDeepStrictEqual(actual, expected)) continue;
      throw new WrongState(`${customer} differs:\n${differences(actual, expected).join('\n')}`);
    }
    const unfinished = await database.stripeEvent.findMany({
      where: { id: { in: [...this.#acknowledged] }, status: { notIn: ['processed', 'ignored'] } },
    });
    const [first] = unfinished;
    if (first) throw new WrongState(`${first.type} was acknowledged, and is ${first.status}.`);
  }

  async #deliverAll(): Promise<void> {
    for (const [index, event] of this.#pending.entries()) {
      this.#start(this.#deliver(event, this.#place(index)));
    }
    await this.#quiet();
  }

  async #deliver(event: StoredEvent, { seat }: Place): Promise<void> {
    this.tally.deliveries++;
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: this.world.webhookSecret,
    });
    const reply = await seat.ask('/api/webhooks/stripe', {
      headers: { 'stripe-signature': signature },
      body: payload,
    });
    if (!reply?.ok) return;
    this.#acknowledged.add(event.id);
    this.#pending = this.#pending.filter(({ id }) => id !== event.id);
  }

  #trouble(place: Place, trouble: Trouble, marker: string, customer: string): void {
    if (trouble.kind === 'Stripe' && customer) place.stripe.arm(customer, trouble.how);
    if (trouble.kind === 'database') {
      place.postgres.arm({ marker, nth: trouble.nth, trouble: trouble.how });
    }
  }

  #letGo({ postgres, stripe }: Place): void {
    for (const gate of [postgres, stripe]) {
      gate.disarm();
      gate.release();
    }
  }

  #start(work: Promise<unknown>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  /** Waits until everything is done, or what is not done waits for something that is held. */
  async #quiet(): Promise<void> {
    if (this.#underWay.size > 0) await this.#calm(() => this.#underWay.size === 0);
  }

  /** Waits until nothing has gone through for a while: also nothing that nobody waits for. */
  async #calm(isOver = () => false): Promise<void> {
    const gates = this.world.places.flatMap(({ postgres, stripe }) => [postgres, stripe]);
    const began = performance.now();
    for (let last = began; performance.now() - last < QUIET_MILLISECONDS && !isOver(); ) {
      await sleep(1);
      const isBusy = gates.some(({ underWay }) => underWay > 0);
      last = isBusy
        ? performance.now()
        : Math.max(began, ...gates.map(({ lastActivity }) => lastActivity));
    }
  }

  /** Takes up what Stripe has to tell since the last step. */
  #collect(): void {
    const fresh: StoredEvent[] = [];
    for (const event of this.world.stripe.core.store.world('test').event.walk('newest')) {
      if (this.#seen.has(event.id)) break;
      this.#seen.add(event.id);
      if (this.#people.some(({ customer }) => customer === customerOf(event))) fresh.push(event);
    }
    this.tally.events += fresh.length;
    this.#pending.push(...fresh.reverse());
  }

  #choose(number: number): StoredEvent | undefined {
    return number < 5 ? this.#pending[number] : this.#pending.at(4 - number);
  }

  #person(number: number): Person {
    const person = this.#people[number % this.#people.length];
    if (!person) throw new Error('There is nobody.');
    return person;
  }

  #place(number: number): Place {
    const place = this.world.places[number % this.world.places.length];
    if (!place) throw new Error('There is no instance.');
    return place;
  }
}

function customerOf({ data }: StoredEvent): string {
  const { object, previous_attributes: before } = data;
  if (object.object === 'customer' && 'id' in object) return String(object.id);
  const named = 'customer' in object ? object.customer : null;
  return String(named ?? before?.customer ?? '');
}

/** The paths at which two values differ. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isObject(actual) || !isObject(expected)) {
    return [`  ${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
  }
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].flatMap((name) =>
    differences(actual[name], expected[name], path ? `${path}.${name}` : name),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
