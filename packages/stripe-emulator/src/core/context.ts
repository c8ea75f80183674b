/**
 * What a handler works with: one world at one time, inside one transaction.
 *
 * A resource is one short file in `api/` which exports a `Resource`; it becomes known by one line
 * in `resources.ts`:
 *
 *     export const coupons: Resource = {
 *       routes: [
 *         route('POST /v1/coupons', { right: 'coupon', params: { id: string(), … } },
 *           (ctx, params) => ctx.insert('coupon', { …every field… }, 'coupon.created')),
 *         route('GET /v1/coupons', { right: 'coupon', params: paging },
 *           (ctx, params) => ctx.list('coupon', params, '/v1/coupons')),
 *         route('GET /v1/coupons/:id', { right: 'coupon', params: {} },
 *           (ctx, _params, path) => ctx.get('coupon', path.id)),
 *       ],
 *       expansions: { coupon: { applies_to: (ctx, id) => … } },   // field path → table, 'embedded', or what to include
 *       due: { 'coupon.expire': (ctx, id) => … },                 // what ctx.schedule asked for
 *     };
 *
 * - Objects are stored in wire shape (`Wire<Stripe.Coupon>`): expandable fields hold ids. They are
 *   frozen; a change is `ctx.update(table, id, changes, event?)`. A new kind is one line in `tables.ts`.
 * - `params` are schemas of `params.ts`; they give static types. `expand` is understood everywhere and
 *   need not be declared. Handlers return stored objects or lists; expanding comes after them.
 * - Handlers are synchronous. A throw takes everything back, except a `cardError`, whose changes stay
 *   (or any StripeError with `keepsChanges`). Refuse with `invalidRequest`, `missing`, `cardError`.
 * - Walks (`ctx.by`, `table.walk`) are live: copy them (`[...ctx.by(…)]`) before changing what they walk.
 * - `resolvePaymentMethod` (`engine/attach-payment-method.ts`) takes ids and `pm_card_…` test ids alike.
 * - `ctx.get` throws Stripe's `resource_missing`: 404 for an id from the path, 400 with `param` for one
 *   from the parameters. `ctx.find` gives undefined. `ctx.by(table, index, key)` walks an index.
 * - Time: `ctx.now` in Unix seconds. `ctx.onClockOf(customer)` is the same context at the time of that
 *   customer's test clock: use it first thing in any handler that works for a customer.
 * - `ctx.schedule(kind, objectId, at)` (null: no longer) asks for the Resource's `due[kind]` to be called,
 *   in a transaction of its own, with `ctx.now` exactly `at`, on the context's clock. `core.agenda.advance`
 *   does what is due; test clocks and the emulator's clock both go through it.
 * - `ctx.emit(type, object, previous?)` writes an event in the transaction; it is delivered after it.
 *   `insert`, `update` and `remove` do so themselves when given an event type.
 * - `ctx.afterCommit(work)` runs when the transaction is on disk and not when it fails.
 * - `ctx.nextPaymentFault()` is the fault control has put on payments: use it where money moves.
 * - Outside a request: `emulator.run(mode, (ctx) => …)` is a transaction with a context of its own;
 *   `emulator.call(mode, method, path, params)` a request without HTTP.
 */
import type { Core } from './core';
import { invalidRequest, missing } from './errors';
import { type EventObject, type EventType, previousAttributes, type StoredEvent } from './event';
import { withoutIncluded } from './expand';
import type { PaymentFault } from './faults';
import { newId } from './ids';
import { FILTERS, type ListOptions, listPage, type PagingParams } from './list';
import { nounOf, pathParamOf } from './nouns';
import { API_VERSION } from './surface';
import type { IndexName, Stored, TableName, World } from './tables';
import type { WireList } from './wire';

export type Mode = 'test' | 'live';

export interface ContextOptions {
  /** The time, in Unix seconds, when it is not the clock's. */
  at?: number;
  /** The test clock the time is of. */
  clock?: string | null;
  /** The API version of the request, in which its parameters are and its reply will be. */
  version?: string;
  request?: { id: string | null; idempotency_key: string | null };
}

export class Context {
  readonly core: Core;
  readonly worldName: string;
  readonly world: World;
  readonly mode: Mode;
  readonly livemode: boolean;
  readonly request: { id: string | null; idempotency_key: string | null };
  /** The test clock this context's time is of; null is the emulator's own. */
  readonly clock: string | null;
  /** The API version of the request; what is no request is in the newest. */
  readonly version: string;
  #at: number | undefined;

  constructor(core: Core, worldName: string, options: ContextOptions = {}) {
    this.core = core;
    this.worldName = worldName;
    this.world = core.store.world(worldName);
    this.mode = worldName.startsWith('live') ? 'live' : 'test';
    this.livemode = this.mode === 'live';
    this.request = options.request ?? { id: null, idempotency_key: null };
    this.clock = options.clock ?? null;
    this.version = options.version ?? API_VERSION;
    this.#at = options.at;
  }

  /** Unix seconds. */
  get now(): number {
    return this.#at ?? this.core.clock.now();
  }

  /** The id of the account this world is of: a connected one's world is named after it. */
  get accountId(): string {
    return this.worldName.split('/')[1] ?? this.core.accountId;
  }

  /** The account this world is of, or a connected one; the emulator's own is not stored. */
  account(id = this.accountId): Stored<'account'> | undefined {
    const [platform = ''] = this.worldName.split('/');
    return this.core.store.world(platform).account.get(id);
  }

  /** Public base URL of the hosted pages. */
  get origin(): string {
    return this.core.origin;
  }

  /** This context at another time of the same clock. */
  at(time: number): Context {
    return new Context(this.core, this.worldName, { ...this.#options(), at: time });
  }

  /** This context at the time of a customer's test clock (the emulator's clock when it has none). */
  onClockOf(customer: { readonly test_clock?: string | null } | undefined): Context {
    return this.onClock(customer?.test_clock ?? null);
  }

  onClock(clock: string | null): Context {
    if (clock === this.clock) return this;
    const at = clock === null ? undefined : this.get('test_helpers.test_clock', clock).frozen_time;
    return new Context(this.core, this.worldName, { ...this.#options(), clock, at });
  }

  find<Name extends TableName>(table: Name, id: string): Stored<Name> | undefined {
    return this.world[table].get(id);
  }

  /**
   * @param param the parameter that named the id; absent when the path did
   * @throws StripeError `resource_missing`
   */
  get<Name extends TableName>(table: Name, id: string, param?: string): Stored<Name> {
    const found = this.find(table, id);
    if (found) return found;
    throw missing(nounOf(table), id, param, this.#similarElsewhere(table, id), pathParamOf(table));
  }

  /** The objects with this key in a secondary index, newest first. */
  by<Name extends TableName>(
    table: Name,
    index: IndexName<Name>,
    key: string,
  ): Generator<Stored<Name>> {
    return this.world[table].by(index, key);
  }

  /**
   * One page of a table, newest first, in Stripe's list envelope.
   * @throws StripeError when a filter names an object that never was; one that was deleted may be named
   */
  list<Name extends TableName>(
    table: Name,
    params: PagingParams,
    url: string,
    options: ListOptions<Stored<Name>, IndexName<Name>> = {},
  ): WireList<Stored<Name>> {
    for (const [param, value] of Object.entries(params)) {
      const named = FILTERS.get(param);
      if (named && typeof value === 'string' && !this.find('_deleted', value)) {
        this.get(named, value, param);
      }
    }
    return listPage(this.world[table], nounOf(table), params, url, options);
  }

  insert<Name extends TableName>(
    table: Name,
    object: Stored<Name>,
    event?: EventType,
  ): Stored<Name> {
    if (this.find(table, object.id)) {
      throw invalidRequest(`${object.id} already exists.`, 'id', 'resource_already_exists');
    }
    const kept = this.world[table].put(object);
    this.#noteForSearch(table, object.id, null);
    if (event) this.#announce(event, kept);
    return kept;
  }

  /**
   * Replaces fields of an object. With `event`, and when something really changed, the event is
   * written with its exact `previous_attributes`. Gives the object as it is now.
   */
  update<Name extends TableName>(
    table: Name,
    id: string,
    changes: Partial<Stored<Name>>,
    event?: EventType,
  ): Stored<Name> {
    const former = this.get(table, id);
    const changed: Stored<Name> = { ...former, ...changes };
    const previous = previousAttributes(former, changed);
    if (!previous) return former;
    const present = this.world[table].put(changed);
    this.#noteForSearch(table, id, former);
    if (event) this.#announce(event, present, previous);
    return present;
  }

  /** Takes an object out of its table, leaving the stub by which it is known later. */
  remove<Name extends TableName>(table: Name, id: string, event?: EventType) {
    const object = this.get(table, id);
    this.world[table].delete(id);
    const stub = { id, object: table, deleted: true as const };
    this.world._deleted.put(stub);
    if (event) this.#announce(event, object);
    return stub;
  }

  /** Writes an event about an object as it is now. */
  emit(type: EventType, object: EventObject, previous?: Record<string, unknown>): StoredEvent {
    return this.core.webhooks.publish(this, {
      id: newId('evt'),
      object: 'event',
      api_version: this.core.apiVersion,
      created: this.now,
      data: previous ? { object, previous_attributes: previous } : { object },
      livemode: this.livemode,
      pending_webhooks: 0,
      request: this.request,
      type,
    });
  }

  /** Asks for the due handler `kind` to be called for an object at a time; null: not any more. */
  schedule(kind: string, objectId: string, at: number | null): void {
    const id = `${kind}:${objectId}`;
    if (at === null) {
      this.world._agenda.delete(id);
      return;
    }
    const entry = { id, kind, object: objectId, at, clock: this.clock };
    this.world._agenda.put(entry);
    this.core.agenda.noteEntry(this.worldName, entry);
  }

  /** The fault that control has put on the next payment, used up by asking. */
  nextPaymentFault(): PaymentFault | undefined {
    return this.core.faults.takePayment();
  }

  afterCommit(work: () => void): void {
    this.core.afterCommit(work);
  }

  #announce(event: EventType, row: object, previous?: Record<string, unknown>): void {
    const shown = withoutIncluded(this.core.expansions(), row);
    if (isEventObject(shown)) this.emit(event, shown, previous);
  }

  #noteForSearch(table: TableName, id: string, former: object | null): void {
    const { faults } = this.core;
    if (faults.hasSearch) faults.searchLag.note(this.worldName, table, id, former);
  }

  #options(): ContextOptions {
    return { request: this.request, clock: this.clock, at: this.#at, version: this.version };
  }

  #similarElsewhere(table: TableName, id: string): string {
    const other = this.livemode ? 'test' : 'live';
    const there = this.worldName.replace(/^(test|live)/, other);
    if (!this.core.store.worlds.includes(there)) return '';
    if (!this.core.store.world(there)[table].get(id)) return '';
    return `; a similar object exists in ${other} mode, but a ${this.mode} mode key was used to make this request.`;
  }
}

/** Every public object carries its kind; the emulator's own rows have no events. */
function isEventObject(row: unknown): row is EventObject {
  return (
    typeof row === 'object' && row !== null && 'object' in row && typeof row.object === 'string'
  );
}
