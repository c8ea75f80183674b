import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from './context';
import type { Core } from './core';
import { DueHeap } from './due-heap';

/** Something that will happen to an object at a time, by its test clock or the emulator's clock. */
export interface AgendaEntry {
  id: string;
  kind: string;
  object: string;
  /** Unix seconds. */
  at: number;
  clock: string | null;
}

/** What happens when an entry of a kind is due: `ctx.now` is exactly the time it was due. */
export type DueHandler = (ctx: Context, objectId: string) => void;

/** Steps between two turns of the event loop, so that requests and deliveries go on meanwhile. */
const STEPS_PER_TURN = 20;

/** The work that time brings (renewals, trial ends, retries …), in the order of its times. */
export class Agenda {
  #core: Core;
  #handlers: ReadonlyMap<string, DueHandler>;
  #heaps = new Map<string, DueHeap>();

  constructor(core: Core, handlers: ReadonlyMap<string, DueHandler>) {
    this.#core = core;
    this.#handlers = handlers;
    this.rebuild();
  }

  /** Reads the agenda again from the store. */
  rebuild(): void {
    this.#heaps.clear();
    for (const world of this.#core.store.worlds) {
      for (const entry of this.#core.store.world(world)._agenda.walk('oldest')) {
        this.noteEntry(world, entry);
      }
    }
  }

  /** Makes a stored entry known; one that a rollback or a change outdates is skipped when due. */
  noteEntry(world: string, entry: AgendaEntry): void {
    this.#heap(world, entry.clock).push({ at: entry.at, id: entry.id });
  }

  /** When the next thing is due on a clock (null: the emulator's own), in Unix seconds. */
  nextAt(world: string, clock: string | null): number | undefined {
    return this.#nextEntry(world, clock)?.at;
  }

  /**
   * Does all that is due up to `until`, each thing in a transaction of its own and at its own time.
   * @param onStep called with the time of each thing before it is done, inside its transaction
   */
  async advance(
    world: string,
    clock: string | null,
    until: number,
    onStep?: (at: number) => void,
  ): Promise<void> {
    for (let steps = 1; this.runNext(world, clock, until, onStep); steps++) {
      if (steps % STEPS_PER_TURN === 0) await nextTurn();
    }
  }

  /** Does the next thing due by `until`; false when there is none. */
  runNext(
    world: string,
    clock: string | null,
    until: number,
    onStep?: (at: number) => void,
  ): boolean {
    const entry = this.#nextEntry(world, clock);
    if (!entry || entry.at > until) return false;
    const handler = this.#handlers.get(entry.kind);
    try {
      this.#core.transact(() => {
        this.#core.store.world(world)._agenda.delete(entry.id);
        onStep?.(entry.at);
        handler?.(this.#core.context(world, { at: entry.at, clock }), entry.object);
      });
    } catch (error) {
      process.stderr.write(
        `emulator: ${entry.kind} of ${entry.object} failed: ${describe(error)}\n`,
      );
      this.#core.transact(() => this.#core.store.world(world)._agenda.delete(entry.id));
    }
    return true;
  }

  #nextEntry(world: string, clock: string | null): AgendaEntry | undefined {
    const heap = this.#heap(world, clock);
    for (let top = heap.peek(); top; top = heap.peek()) {
      const entry = this.#core.store.world(world)._agenda.get(top.id);
      if (entry && entry.at === top.at && entry.clock === clock) return entry;
      heap.pop();
    }
    return undefined;
  }

  #heap(world: string, clock: string | null): DueHeap {
    const name = `${world}\n${clock ?? ''}`;
    const heap = this.#heaps.get(name) ?? new DueHeap();
    this.#heaps.set(name, heap);
    return heap;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
