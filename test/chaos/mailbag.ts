import type { StoredEvent, StripeEmulator } from 'stripe-emulator/testing';
import { webhookEvents } from '@/lib/billing/webhook/event-types';

/**
 * What Stripe is asked to tell. Of drafts our endpoint does not hear at once, for a reason that is
 * said there; here it does, so that every invoice can be compared.
 */
const told: ReadonlySet<string> = new Set([...webhookEvents, 'invoice.created']);

/** The events that Stripe has to tell of some customers, and how far it has come. */
export class Mailbag {
  /** Not acknowledged yet, oldest first. */
  pending: StoredEvent[] = [];
  /** Acknowledged, in that order. */
  readonly taken: StoredEvent[] = [];
  /** Never to be delivered (again). */
  readonly lost: StoredEvent[] = [];
  #seen = new Set<string>();

  constructor(
    private readonly stripe: StripeEmulator,
    private readonly customers: readonly string[],
  ) {}

  get #world() {
    return this.stripe.core.store.world('test');
  }

  /** Takes up what has happened at Stripe since the last time. @returns how many events that were */
  collect(): number {
    const fresh: StoredEvent[] = [];
    for (const event of this.#world.event.walk('newest')) {
      if (this.#seen.has(event.id)) break;
      this.#seen.add(event.id);
      if (!told.has(event.type) || !this.customers.includes(this.customerOf(event))) continue;
      fresh.push(event);
    }
    this.pending.push(...fresh.reverse());
    return fresh.length;
  }

  /** @param number see `Step`: even ones count from the oldest, odd ones from the newest */
  choose(number: number, among: readonly StoredEvent[] = this.pending): StoredEvent | undefined {
    const place = Math.floor(number / 2) % Math.max(among.length, 1);
    return number % 2 ? among.at(-1 - place) : among[place];
  }

  /** Stripe's id of the customer that an event is about; empty when it is about none. */
  customerOf({ data }: StoredEvent): string {
    const { object, previous_attributes: before } = data;
    if (object.object === 'customer' && 'id' in object) return String(object.id);
    // A dispute names its charge, and no customer.
    const charge = 'charge' in object ? this.#world.charge.get(String(object.charge)) : undefined;
    const named = 'customer' in object ? object.customer : charge?.customer;
    return String(named ?? before?.customer ?? '');
  }

  acknowledge(event: StoredEvent): void {
    if (this.pending.includes(event)) this.taken.push(event);
    this.#remove(event);
  }

  lose(event: StoredEvent): void {
    this.lost.push(event);
    this.#remove(event);
  }

  #remove(event: StoredEvent): void {
    this.pending = this.pending.filter((each) => each !== event);
  }
}
