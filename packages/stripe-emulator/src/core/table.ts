import { OrderedRows, type Row } from './ordered-rows';

/** How a table tells its store what changed, and how to take it back. */
export type Recorder = (id: string, undo: () => void) => void;

/** Secondary indexes: the name of each, and the key an object has in it (none: not indexed). */
export type Indexes<T, Name extends string> = Record<Name, (value: T) => string | null | undefined>;

export interface Walk<Index extends string> {
  /** Only the objects with this key in this index. */
  by?: [index: Index, key: string];
  /** The id to start behind, in the direction of the walk. */
  after?: string;
}

/**
 * Objects of one kind by id, in the order of their insertion, with secondary indexes.
 * Values are frozen: a change replaces the object, so that what was handed out earlier (to an event,
 * to a snapshot) never changes underneath.
 */
export class Table<T extends { readonly id: string }, Index extends string = never> {
  #rows = new Map<string, Row<T>>();
  #order = new OrderedRows<T>();
  #indexed = new Map<string, OrderedRows<T>>();
  #sequence = 0;
  #indexes: [Index, (value: T) => string | null | undefined][] = [];
  #record: Recorder;

  constructor(record: Recorder, indexes?: Indexes<T, Index>) {
    this.#record = record;
    for (const name in indexes) this.#indexes.push([name, indexes[name]]);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id)?.value;
  }

  /**
   * Puts an object in: at its place when its id is known, else as the newest.
   * @returns the object that is kept: a copy, as Node 20 gives every object that was made by spreading
   * and is then frozen a hidden class of its own, which takes more memory than the object
   */
  put(value: T): T {
    const row = this.#rows.get(value.id);
    const former = row?.value;
    const kept: T = Object.assign({}, value);
    this.#write(kept);
    this.#record(value.id, () => (former ? this.#write(former) : this.#erase(value.id)));
    return kept;
  }

  /** Takes an object out; an unknown id changes nothing. */
  delete(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#erase(id);
    this.#record(id, () => this.#restore(row));
  }

  /** The objects in order, from the newest on (`oldest`: from the oldest), those after `after` only. */
  *walk(from: 'newest' | 'oldest' = 'newest', options: Walk<Index> = {}): Generator<T> {
    const rows = options.by ? this.#indexed.get(indexKey(...options.by)) : this.#order;
    const place = options.after === undefined ? undefined : this.#rows.get(options.after)?.sequence;
    if (rows) yield* from === 'newest' ? rows.newestFirst(place) : rows.oldestFirst(place);
  }

  /** The objects newest first, each with its place in the order of insertion. */
  rows(): Generator<Readonly<Row<T>>> {
    return this.#order.rowsNewestFirst();
  }

  /** The objects with this key in an index, newest first. */
  by(index: Index, key: string): Generator<T> {
    return this.walk('newest', { by: [index, key] });
  }

  /** Puts back what was stored earlier (null: takes it out), without recording a change. */
  load(id: string, value: { readonly id: string } | null): void {
    if (value === null) this.#erase(id);
    else if (wasStoredHere<T>(value)) this.#place(value);
  }

  /** Takes everything out, without recording it. */
  clear(): void {
    this.#rows.clear();
    this.#order = new OrderedRows<T>();
    this.#indexed.clear();
  }

  #write(value: T): void {
    deepFreeze(value);
    this.#place(value);
  }

  #place(value: T): void {
    const row = this.#rows.get(value.id);
    if (row) {
      const former = row.value;
      for (const [name, keyOf] of this.#indexes) {
        const [before, after] = [keyOf(former), keyOf(value)];
        if (before === after) continue;
        this.#unindex(name, before, row);
        this.#index(name, after, row);
      }
      row.value = value;
    } else {
      this.#restore({ sequence: ++this.#sequence, value });
    }
  }

  #restore(row: Row<T>): void {
    this.#rows.set(row.value.id, row);
    this.#order.add(row);
    for (const [name, keyOf] of this.#indexes) this.#index(name, keyOf(row.value), row);
  }

  #erase(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    this.#order.remove(row);
    for (const [name, keyOf] of this.#indexes) this.#unindex(name, keyOf(row.value), row);
  }

  #index(name: Index, key: string | null | undefined, row: Row<T>): void {
    if (key === null || key === undefined) return;
    const rows = this.#indexed.get(indexKey(name, key)) ?? new OrderedRows<T>();
    rows.add(row);
    this.#indexed.set(indexKey(name, key), rows);
  }

  #unindex(name: Index, key: string | null | undefined, row: Row<T>): void {
    if (key === null || key === undefined) return;
    const rows = this.#indexed.get(indexKey(name, key));
    rows?.remove(row);
    if (rows?.size === 0) this.#indexed.delete(indexKey(name, key));
  }
}

/** The journal gives a table only what the same table wrote to it. */
function wasStoredHere<T extends { readonly id: string }>(value: {
  readonly id: string;
}): value is T {
  return value.id.length > 0;
}

function indexKey(index: string, key: string): string {
  return `${index}\n${key}`;
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
}
