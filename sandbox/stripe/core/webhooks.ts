import type { Context } from './context';
import type { Core } from './core';
import type { Delivery, DeliveryAttempt } from './delivery';
import type { StoredEvent } from './event';
import type { WebhookFault } from './faults';
import { newId } from './ids';
import { sendWebhook } from './send-webhook';
import type { Stored } from './tables';

/** Milliseconds from one try to the next: soon at first, as a developer is waiting. */
const DEFAULT_RETRIES = [1_000, 5_000, 30_000, 300_000, 1_800_000, 7_200_000];

const MOST_AT_ONCE = 16;
const EVENTS_KEPT_SECONDS = 30 * 24 * 60 * 60;
/** A delivery held back to be overtaken goes out anyway when nothing overtakes it. */
const HELD_AT_MOST = 3_000;

interface Job {
  world: string;
  delivery: string;
  badSignature?: boolean;
}

/** Writes events, and brings each to every endpoint that wants it, again and again until it is taken. */
export class Webhooks {
  #core: Core;
  #retries: readonly number[];
  #queue: Job[] = [];
  #sending = 0;
  #timers = new Map<string, NodeJS.Timeout>();
  #held = new Map<string, Job[]>();
  #closed = false;

  constructor(core: Core, retries: readonly number[] = DEFAULT_RETRIES) {
    this.#core = core;
    this.#retries = retries;
    this.rebuild();
  }

  /** Takes up the deliveries that the store says are pending. */
  rebuild(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
    this.#queue = [];
    for (const world of this.#core.store.worlds) {
      for (const delivery of this.#core.store.world(world)._delivery.walk('oldest', {
        by: ['state', 'pending'],
      })) {
        this.#later({ world, delivery: delivery.id }, (delivery.next_attempt ?? 0) - Date.now());
      }
    }
  }

  /** Writes an event and its deliveries inside the transaction; they go out after it. */
  publish(ctx: Context, event: StoredEvent): StoredEvent {
    const endpoints = [...ctx.world.webhook_endpoint.walk()].filter((endpoint) =>
      wants(endpoint, event),
    );
    const written = { ...event, pending_webhooks: endpoints.length };
    this.#prune(ctx);
    ctx.world.event.put(written);
    if (ctx.clock !== null) ctx.world._recorded.put({ id: written.id, at: this.#core.clock.now() });
    for (const endpoint of endpoints) this.#plan(ctx, written, endpoint);
    return written;
  }

  /** Sends an event again to every endpoint that wants it; false when there is no such event. */
  resend(world: string, eventId: string): boolean {
    const ctx = this.#core.context(world);
    const event = ctx.find('event', eventId);
    if (!event) return false;
    this.#core.transact(() => {
      const known = new Map([...ctx.by('_delivery', 'event', eventId)].map((d) => [d.endpoint, d]));
      for (const endpoint of ctx.world.webhook_endpoint.walk()) {
        const delivery = known.get(endpoint.id);
        if (delivery) {
          ctx.world._delivery.put({ ...delivery, state: 'pending', next_attempt: Date.now() });
          ctx.afterCommit(() => this.#enqueue({ world, delivery: delivery.id }));
        } else if (wants(endpoint, event)) {
          this.#plan(ctx, event, endpoint);
        }
      }
    });
    return true;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#queue = [];
  }

  #plan(ctx: Context, event: StoredEvent, endpoint: Stored<'webhook_endpoint'>): void {
    const delivery: Delivery = {
      id: newId('dlv'),
      object: 'delivery',
      event: event.id,
      event_type: event.type,
      endpoint: endpoint.id,
      url: endpoint.url,
      state: 'pending',
      created: Date.now(),
      next_attempt: Date.now(),
      attempts: [],
    };
    ctx.world._delivery.put(delivery);
    const job = { world: ctx.worldName, delivery: delivery.id };
    ctx.afterCommit(() => this.#dispatch(job, delivery));
  }

  #dispatch(job: Job, delivery: Delivery): void {
    const fault = this.#core.faults.takeWebhook(delivery.event_type);
    if (fault) this.#mistreat(job, delivery, fault);
    else this.#enqueue(job);
  }

  #mistreat(job: Job, delivery: Delivery, fault: WebhookFault): void {
    switch (fault.kind) {
      case 'drop':
        this.#core.transact(() => {
          const deliveries = this.#core.store.world(job.world)._delivery;
          deliveries.put({ ...delivery, state: 'dropped', next_attempt: null });
        });
        break;
      case 'delay':
        this.#later(job, fault.milliseconds);
        break;
      case 'double':
        this.#enqueue(job);
        this.#enqueue(job);
        break;
      case 'reorder':
        this.#held.set(delivery.endpoint, [...(this.#held.get(delivery.endpoint) ?? []), job]);
        this.#later(job, HELD_AT_MOST);
        break;
      case 'bad_signature':
        this.#enqueue({ ...job, badSignature: true });
        break;
    }
  }

  #later(job: Job, milliseconds: number): void {
    clearTimeout(this.#timers.get(job.delivery));
    const timer = setTimeout(() => this.#enqueue(job), Math.max(milliseconds, 0));
    timer.unref();
    this.#timers.set(job.delivery, timer);
  }

  #enqueue(job: Job): void {
    clearTimeout(this.#timers.get(job.delivery));
    this.#timers.delete(job.delivery);
    this.#queue.push(job);
    this.#pump();
  }

  #pump(): void {
    while (!this.#closed && this.#sending < MOST_AT_ONCE) {
      const job = this.#queue.shift();
      if (!job) return;
      this.#sending++;
      void this.#attempt(job).finally(() => {
        this.#sending--;
        this.#pump();
      });
    }
  }

  async #attempt(job: Job): Promise<void> {
    const ctx = this.#core.context(job.world);
    const delivery = ctx.find('_delivery', job.delivery);
    const event = delivery && ctx.find('event', delivery.event);
    const endpoint = delivery && ctx.find('webhook_endpoint', delivery.endpoint);
    if (!delivery || !event || !endpoint) {
      if (delivery) this.#core.transact(() => ctx.world._delivery.put(failed(delivery)));
      return;
    }
    const secrets = liveSecrets(ctx.find('_secret', endpoint.id)?.secrets ?? []);
    const attempt = await sendWebhook({
      url: endpoint.url,
      body: JSON.stringify(event, null, 2),
      secrets: job.badSignature ? ['whsec_of_nobody'] : secrets,
    });
    if (this.#closed) return;
    this.#note(ctx, job, attempt);
    for (const held of this.#held.get(endpoint.id) ?? []) {
      if (held.delivery !== job.delivery) this.#enqueue(held);
    }
    this.#held.delete(endpoint.id);
  }

  #note(ctx: Context, job: Job, attempt: DeliveryAttempt): void {
    const delivery = ctx.find('_delivery', job.delivery);
    if (!delivery) return;
    const attempts = [...delivery.attempts, attempt];
    const taken = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    const wait = this.#retries[attempts.length - 1];
    this.#core.transact(() => {
      const event = ctx.find('event', delivery.event);
      if (taken || delivery.state === 'succeeded') {
        ctx.world._delivery.put({ ...delivery, attempts, state: 'succeeded', next_attempt: null });
        if (event && delivery.state === 'pending') {
          const pending = Math.max(event.pending_webhooks - 1, 0);
          ctx.world.event.put({ ...event, pending_webhooks: pending });
        }
      } else if (wait === undefined) {
        ctx.world._delivery.put({ ...failed(delivery), attempts });
      } else {
        ctx.world._delivery.put({ ...delivery, attempts, next_attempt: Date.now() + wait });
        ctx.afterCommit(() => this.#later({ ...job, badSignature: false }, wait));
      }
    });
  }

  /** Events are retrievable for thirty days, by the sandbox's clock. */
  #prune(ctx: Context): void {
    const oldest = this.#core.clock.now() - EVENTS_KEPT_SECONDS;
    for (const event of ctx.world.event.walk('oldest')) {
      const recorded = ctx.find('_recorded', event.id)?.at ?? event.created;
      if (recorded >= oldest) return;
      for (const delivery of [...ctx.by('_delivery', 'event', event.id)]) {
        ctx.world._delivery.delete(delivery.id);
      }
      ctx.world.event.delete(event.id);
      ctx.world._recorded.delete(event.id);
    }
  }
}

function wants(endpoint: Stored<'webhook_endpoint'>, event: StoredEvent): boolean {
  if (endpoint.status !== 'enabled') return false;
  return endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(event.type);
}

function failed(delivery: Delivery): Delivery {
  return { ...delivery, state: 'failed', next_attempt: null };
}

/** A rolled secret signs beside the new one until it expires. */
function liveSecrets(secrets: Stored<'_secret'>['secrets']): string[] {
  const now = Date.now() / 1000;
  return secrets
    .filter(({ expires_at }) => expires_at === null || expires_at > now)
    .map(({ secret }) => secret);
}
