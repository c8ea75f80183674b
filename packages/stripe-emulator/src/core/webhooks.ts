import type { Context } from './context';
import type { Core } from './core';
import type { Delivery, DeliveryAttempt } from './delivery';
import { DeliveryQueue, type Job } from './delivery-queue';
import { type Destination, destination, destinations, wants } from './destinations';
import type { StoredEvent } from './event';
import { pruneEvents, pruneThinEvents } from './event-life';
import type { WebhookFault } from './faults';
import { newId } from './ids';
import { eventDataIn } from './in-version';
import { sendWebhook } from './send-webhook';
import type { Stored } from './tables';
import { notificationOf, type ThinEvent, thinEventOf } from './thin-event';

/** Milliseconds from one try to the next: soon at first, as a developer is waiting. */
const DEFAULT_RETRIES = [1_000, 5_000, 30_000, 300_000, 1_800_000, 7_200_000];

/** Writes events, and brings each to every endpoint that wants it, again and again until it is taken. */
export class Webhooks {
  #core: Core;
  #retries: readonly number[];
  #queue = new DeliveryQueue((job) => this.#attempt(job));
  #isQuiet = false;

  constructor(core: Core, retries: readonly number[] = DEFAULT_RETRIES) {
    this.#core = core;
    this.#retries = retries;
    this.rebuild();
  }

  /** Takes up the deliveries that the store says are pending. */
  rebuild(): void {
    this.#queue.clear();
    for (const world of this.#core.store.worlds) {
      const { _delivery } = this.#core.store.world(world);
      for (const delivery of _delivery.walk('oldest', { by: ['state', 'pending'] })) {
        this.#queue.later(jobOf(world, delivery), (delivery.next_attempt ?? 0) - Date.now());
      }
    }
  }

  /** Writes an event and its deliveries inside the transaction; they go out after it. */
  publish(ctx: Context, event: StoredEvent): StoredEvent {
    const endpoints = this.#isQuiet
      ? []
      : destinations(ctx).filter((endpoint) => wants(ctx, endpoint, event.type));
    const data = eventDataIn(ctx, event.data, event.api_version);
    const written = { ...event, data, pending_webhooks: endpoints.length };
    pruneEvents(ctx);
    ctx.world.event.put(written);
    if (ctx.clock !== null) ctx.world._recorded.put({ id: written.id, at: this.#core.clock.now() });
    for (const endpoint of endpoints) this.#plan(ctx, written, endpoint, event.data);
    return written;
  }

  /** Writes an event that only the second API has, and its deliveries. */
  publishThin(ctx: Context, event: ThinEvent): ThinEvent {
    pruneThinEvents(ctx);
    ctx.world['v2.core.event'].put(event);
    for (const endpoint of destinations(ctx)) {
      const isWanted = endpoint.events.includes('*') || endpoint.events.includes(event.type);
      if (endpoint.isEnabled && endpoint.isThin && isWanted) this.send(ctx, event, endpoint);
    }
    return event;
  }

  /** Has an event that only the second API has delivered to one destination. */
  send(ctx: Context, { id, type }: ThinEvent, { id: endpoint, url }: Destination): void {
    this.#deliver(ctx, { event: id, event_type: type, endpoint, url });
  }

  /** Runs `work`, whose events are written but delivered to nobody. */
  quietly<T>(work: () => T): T {
    this.#isQuiet = true;
    try {
      return work();
    } finally {
      this.#isQuiet = false;
    }
  }

  /** Sends an event again to every destination that wants it; false when there is no such event. */
  resend(world: string, eventId: string): boolean {
    const ctx = this.#core.context(world);
    const event = ctx.find('event', eventId);
    if (!event && !ctx.find('v2.core.event', eventId)) return false;
    this.#core.transact(() => {
      const known = new Map([...ctx.by('_delivery', 'event', eventId)].map((d) => [d.endpoint, d]));
      for (const endpoint of destinations(ctx)) {
        const delivery = known.get(endpoint.id);
        if (delivery) {
          ctx.world._delivery.put({ ...delivery, state: 'pending', next_attempt: Date.now() });
          ctx.afterCommit(() => this.#queue.now(jobOf(world, delivery)));
        } else if (event && wants(ctx, endpoint, event.type)) {
          this.#plan(ctx, event, endpoint);
        }
      }
      countPending(ctx, eventId);
    });
    return true;
  }

  close(): void {
    this.#queue.close();
  }

  /** @param told what the event tells of, in the newest version; what is sent again is as it was written */
  #plan(ctx: Context, event: StoredEvent, endpoint: Destination, told?: StoredEvent['data']): void {
    const version = endpoint.version ?? event.api_version;
    const isOther = told && !endpoint.isThin && version !== event.api_version;
    this.#deliver(ctx, {
      event: event.id,
      event_type: event.type,
      ...(isOther && { data: eventDataIn(ctx, told, version) }),
      endpoint: endpoint.id,
      url: endpoint.url,
    });
  }

  #deliver(
    ctx: Context,
    about: Pick<Delivery, 'data' | 'endpoint' | 'event' | 'event_type' | 'url'>,
  ): void {
    const delivery: Delivery = {
      id: newId('dlv'),
      object: 'delivery',
      ...about,
      state: 'pending',
      created: Date.now(),
      next_attempt: Date.now(),
      attempts: [],
    };
    ctx.world._delivery.put(delivery);
    const job = jobOf(ctx.worldName, delivery);
    ctx.afterCommit(() => {
      const fault = this.#core.faults.takeWebhook(delivery.event_type);
      if (fault) this.#mistreat(job, delivery, fault);
      else this.#queue.now(job);
    });
  }

  #mistreat(job: Job, delivery: Delivery, fault: WebhookFault): void {
    switch (fault.kind) {
      case 'drop':
        this.#core.transact(() => {
          const { _delivery } = this.#core.store.world(job.world);
          _delivery.put({ ...delivery, state: 'dropped', next_attempt: null });
        });
        break;
      case 'delay':
        this.#queue.later(job, fault.milliseconds);
        break;
      case 'double':
        this.#queue.now(job);
        this.#queue.now(job);
        break;
      case 'reorder':
        this.#queue.hold(job);
        break;
      case 'bad_signature':
        this.#queue.now({ ...job, badSignature: true });
        break;
    }
  }

  async #attempt(job: Job): Promise<void> {
    const ctx = this.#core.context(job.world);
    const delivery = ctx.find('_delivery', job.delivery);
    if (!delivery) return;
    const event = ctx.find('event', delivery.event) ?? ctx.find('v2.core.event', delivery.event);
    const endpoint = destination(ctx, delivery.endpoint);
    if (!event || !endpoint?.isEnabled) {
      this.#core.transact(() => ctx.world._delivery.put(failed(delivery)));
      return;
    }
    const secrets = liveSecrets(ctx.find('_secret', endpoint.id)?.secrets ?? []);
    const attempt = await sendWebhook({
      url: endpoint.url,
      body: JSON.stringify(shownTo(ctx, endpoint, event, delivery), null, 2),
      secrets: job.badSignature ? ['whsec_of_nobody'] : secrets,
    });
    if (!this.#queue.closed) this.#note(ctx, job, attempt);
  }

  /** Notes how a try went, and plans the next one when it failed. */
  #note(ctx: Context, job: Job, attempt: DeliveryAttempt): void {
    const delivery = ctx.find('_delivery', job.delivery);
    if (!delivery) return;
    const attempts = [...delivery.attempts, attempt];
    const taken = wasTaken(attempt);
    const wait = this.#retries[attempts.length - 1];
    this.#core.transact(() => {
      if (taken || delivery.state === 'succeeded') {
        ctx.world._delivery.put({ ...delivery, attempts, state: 'succeeded', next_attempt: null });
      } else if (wait === undefined) {
        ctx.world._delivery.put({ ...failed(delivery), attempts });
      } else {
        ctx.world._delivery.put({ ...delivery, attempts, next_attempt: Date.now() + wait });
        ctx.afterCommit(() => this.#queue.later({ ...job, badSignature: false }, wait));
      }
      countPending(ctx, delivery.event);
    });
  }
}

function jobOf(world: string, delivery: Delivery): Job {
  return { world, delivery: delivery.id, endpoint: delivery.endpoint };
}

/** An endpoint can have a version of its own; an event that is older than the endpoint keeps its own. */
function shownTo(
  ctx: Context,
  { isThin, version }: Destination,
  event: StoredEvent | ThinEvent,
  { data }: Delivery,
): object {
  if (event.object === 'v2.core.event') return notificationOf(event);
  if (isThin) return notificationOf(thinEventOf(ctx, event));
  return data && version !== null ? { ...event, api_version: version, data } : event;
}

function failed(delivery: Delivery): Delivery {
  return { ...delivery, state: 'failed', next_attempt: null };
}

/** Keeps the number of destinations that have not taken an event yet, and may never. */
function countPending(ctx: Context, eventId: string): void {
  const event = ctx.find('event', eventId);
  if (!event) return;
  let pending = 0;
  for (const { attempts } of ctx.by('_delivery', 'event', eventId)) {
    if (!attempts.some(wasTaken)) pending++;
  }
  if (pending !== event.pending_webhooks) {
    ctx.world.event.put({ ...event, pending_webhooks: pending });
  }
}

function wasTaken({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** A rolled secret signs beside the new one until it expires. */
function liveSecrets(secrets: Stored<'_secret'>['secrets']): string[] {
  const now = Date.now() / 1000;
  return secrets
    .filter(({ expires_at }) => expires_at === null || expires_at > now)
    .map(({ secret }) => secret);
}
