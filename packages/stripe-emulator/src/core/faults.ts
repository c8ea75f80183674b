import type { Fault } from './fault';
import { newId } from './ids';
import { SearchLag } from './search-lag';

export const REQUEST_FAULTS = [
  'latency',
  'hang',
  'reset',
  '429',
  '500',
  '503',
  'malformed',
  'lost_response',
] as const;
export const WEBHOOK_FAULTS = ['drop', 'delay', 'double', 'reorder', 'bad_signature'] as const;
export const PAYMENT_FAULTS = ['fail', 'requires_action'] as const;
export const SEARCH_FAULTS = ['lag'] as const;

export type RequestFault = Fault & { kind: (typeof REQUEST_FAULTS)[number] };
export type WebhookFault = Fault & { kind: (typeof WEBHOOK_FAULTS)[number] };
export type PaymentFault = Fault & { kind: (typeof PAYMENT_FAULTS)[number] };
export type SearchFault = Fault & { kind: (typeof SEARCH_FAULTS)[number] };

/** What can go wrong with what a fault is `on`. */
export function kindsOn(on: string): readonly string[] {
  if (on === 'webhook') return WEBHOOK_FAULTS;
  if (on === 'search') return SEARCH_FAULTS;
  return on === 'payment' ? PAYMENT_FAULTS : REQUEST_FAULTS;
}

/** The faults that are set. They are not part of the state: a restart clears them. */
export class Faults {
  #faults: Fault[] = [];
  #cleared = new AbortController();
  /** What search is behind of while a fault on it is set. */
  readonly searchLag = new SearchLag();

  get all(): readonly Fault[] {
    return this.#faults;
  }

  /** Aborted when the faults are cleared: what waits because of one waits no longer. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  add(fault: Omit<Fault, 'id'>): Fault {
    const added = { id: newId('fault', 12), ...fault };
    this.#faults.push(added);
    return added;
  }

  clear(): void {
    this.#faults = [];
    this.searchLag.clear();
    this.#cleared.abort();
    this.#cleared = new AbortController();
  }

  /** The fault for this request, used up once. */
  takeRequest(method: string, path: string): RequestFault | undefined {
    return this.#take(isRequestFault, (fault) => matches(fault.on, method, path));
  }

  takeWebhook(eventType: string): WebhookFault | undefined {
    return this.#take(isWebhookFault, (fault) => fault.event === null || fault.event === eventType);
  }

  takePayment(): PaymentFault | undefined {
    return this.#take(isPaymentFault, () => true);
  }

  takeSearch(): SearchFault | undefined {
    return this.#take(isSearchFault, () => true);
  }

  /** Whether searches are to be behind what happens. */
  get hasSearch(): boolean {
    return this.#faults.some(isSearchFault);
  }

  #take<T extends Fault>(
    isKind: (fault: Fault) => fault is T,
    applies: (fault: T) => boolean,
  ): T | undefined {
    const taken = this.#faults.filter(isKind).find(applies);
    if (taken?.times === undefined || taken.times === null) return taken;
    taken.times -= 1;
    if (taken.times <= 0) this.#faults = this.#faults.filter((fault) => fault !== taken);
    return taken;
  }
}

function isRequestFault(fault: Fault): fault is RequestFault {
  return kindsOn(fault.on) === REQUEST_FAULTS;
}

function isWebhookFault(fault: Fault): fault is WebhookFault {
  return fault.on === 'webhook';
}

function isPaymentFault(fault: Fault): fault is PaymentFault {
  return fault.on === 'payment';
}

function isSearchFault(fault: Fault): fault is SearchFault {
  return fault.on === 'search';
}

/** `*` and `:name` stand for one segment; a trailing `*`, and `*` alone, for everything below. */
function matches(on: string, method: string, path: string): boolean {
  if (on === '*') return true;
  const [first = '', second] = on.trim().split(/\s+/);
  const pattern = second ?? first;
  if (second !== undefined && first !== '*' && first.toUpperCase() !== method) return false;
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  const open = wanted.at(-1) === '*' && given.length >= wanted.length;
  if (!open && wanted.length !== given.length) return false;
  return wanted.every((part, at) => part === '*' || part.startsWith(':') || part === given[at]);
}
