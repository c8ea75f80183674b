import Stripe from 'stripe';
import type { StoredEvent } from 'stripe-emulator/testing';
import { calm } from './calm';
import { letGo } from './gates';
import type { Mailbag } from './mailbag';
import type { Person } from './people';
import type { Place, World } from './world';

/** Brings the instances what they are to do, and knows what they have not done yet. */
export class Courier {
  #underWay = new Set<Promise<unknown>>();
  #failure: unknown = null;
  /** Which instance an event was brought to last, of those that are under way. */
  readonly #brought = new Map<string, Place>();

  constructor(
    private readonly world: World,
    private readonly mail: Mailbag,
  ) {}

  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Brings an event to an instance, and comes back as `start` does. */
  async deliver(event: StoredEvent, place: Place): Promise<void> {
    this.#noteTrouble(event);
    await this.start(this.#bring(event, place));
  }

  /**
   * Brings all events at once that were not taken: to instances at which Stripe's answers are not
   * held up, if there are any, since what comes to the others would wait and then read again.
   *
   * @param first the number of the instance that gets the first one; they take turns
   */
  async deliverAll(first = 0): Promise<void> {
    const { places } = this.world;
    const free = places.filter(({ stripe }) => !stripe.isHolding);
    const used = free.length > 0 ? free : places;
    for (const [index, event] of this.mail.pending.entries()) {
      const place = used[(first + index) % used.length];
      if (place) this.#watch(this.#bring(event, place));
    }
    await this.#quiet();
  }

  /** Brings all events that were not taken to all instances at once, newest first, and waits for nothing. */
  scatter(): void {
    for (const event of this.mail.pending.toReversed()) {
      for (const place of this.world.places) this.#watch(this.#bring(event, place));
    }
  }

  /** Somebody of whom only Stripe knew whose customer they are, becomes known to an instance. */
  async takeOn(person: Person, { seat }: Place): Promise<void> {
    if (this.mail.taken.some((event) => this.mail.customerOf(event) === person.customer)) {
      this.world.tally.note('events come before we know their customer');
    }
    const reply = await seat.ask(`/take-on?user=${person.user}`);
    if (reply?.ok) person.isKnown = true;
  }

  /** Comes back when it is done, or what is not done waits for something that is held up. */
  async start(work: Promise<unknown>): Promise<void> {
    this.#watch(work);
    await this.#quiet();
  }

  /** Lets go on what is held up at an instance, and comes back as `start` does. */
  async letGo(place: Place): Promise<void> {
    letGo(place);
    await this.#quiet();
  }

  /** Lets everything go on, and comes back when all is done. @throws when an instance gave no answer */
  async finish(): Promise<void> {
    this.world.places.forEach(letGo);
    await Promise.allSettled(this.#underWay);
    if (this.#failure) throw this.#failure;
  }

  async #bring(event: StoredEvent, place: Place): Promise<void> {
    const { tally, webhookSecret: secret } = this.world;
    tally.deliveries++;
    if (place.seat.isSkewed) tally.note('an instance works with a wrong clock');
    const other = this.#brought.get(event.id);
    if (other && other !== place) tally.note('an event comes to two instances at once');
    this.#brought.set(event.id, place);
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    const reply = await place.seat.ask('/api/webhooks/stripe', {
      headers: { 'stripe-signature': signature },
      body: payload,
    });
    this.#brought.delete(event.id);
    if (reply?.ok) this.mail.acknowledge(event);
  }

  #noteTrouble(event: StoredEvent): void {
    const { tally } = this.world;
    if (this.mail.taken.includes(event)) tally.note('an event comes once more after it was taken');
    const older = this.mail.pending.slice(0, Math.max(this.mail.pending.indexOf(event), 0));
    const customer = this.mail.customerOf(event);
    if (older.some((each) => this.mail.customerOf(each) === customer)) {
      tally.note('an event overtakes an older one');
    }
  }

  #watch(work: Promise<unknown>): void {
    this.#underWay.add(work);
    void work
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#underWay.delete(work));
  }

  async #quiet(): Promise<void> {
    if (this.isBusy) await calm(this.world.places, () => !this.isBusy);
  }
}
