import { type Change, Journal } from './journal';
import { createTables, type TableName, type World } from './tables';

/**
 * A journal this large, and twice as large as the snapshot, is folded into it: the time spent on
 * snapshots stays in proportion to what is written.
 */
const COMPACT_AFTER_BYTES = 64 * 1024 * 1024;

/**
 * All worlds of the emulator in memory, changed only inside `transaction`, and (unless `memory`)
 * written to a journal before the transaction returns.
 */
export class Store {
  #worlds = new Map<string, World>();
  #journal: Journal | undefined;
  #memorySnapshots = new Map<string, Change[]>();
  #depth = 0;
  #undo: (() => void)[] = [];
  #changed = new Map<string, [world: string, table: string, id: string]>();
  #replaced = new Set<() => void>();

  /** @param dir the folder of the state, or `memory` to keep none */
  constructor(dir: string) {
    if (dir === 'memory') return;
    this.#journal = new Journal(dir, (change) => this.#load(change));
    this.#compactWhenLarge();
  }

  /** The tables of a world, such as `test`; a world begins to exist when first asked for. */
  world(name: string): World {
    const known = this.#worlds.get(name);
    if (known) return known;
    const created: World = createTables((table) => (id, undo) => {
      if (this.#depth === 0) throw new Error(`${table} was changed outside a transaction`);
      this.#undo.push(undo);
      this.#changed.set(`${name}\n${table}\n${id}`, [name, table, id]);
    });
    this.#worlds.set(name, created);
    return created;
  }

  get worlds(): string[] {
    return [...this.#worlds.keys()];
  }

  /**
   * Runs `work`; when it throws, everything it changed is as before. A transaction inside another
   * is part of it. `keepsChanges` tells of an error that reports a failure which really happened
   * (a declined card): its changes stay, and it is thrown on.
   */
  transaction<T>(work: () => T, keepsChanges: (error: unknown) => boolean = () => false): T {
    if (this.#depth > 0) return work();
    this.#depth++;
    try {
      const result = work();
      this.#commit();
      return result;
    } catch (error) {
      if (keepsChanges(error)) this.#commit();
      else for (const undo of this.#undo.reverse()) undo();
      throw error;
    } finally {
      this.#undo = [];
      this.#changed.clear();
      this.#depth--;
    }
  }

  /** Inside a transaction: runs `work` and takes back all it changed, for what is only a preview. */
  rehearse<T>(work: () => T): T {
    const [undo, changed] = [this.#undo, new Map(this.#changed)];
    this.#undo = [];
    try {
      return work();
    } finally {
      for (const takeBack of this.#undo.reverse()) takeBack();
      this.#undo = undo;
      this.#changed = changed;
    }
  }

  /** Empties every world. */
  reset(): void {
    this.#journal?.compact([]);
    this.#replace(() => {});
  }

  saveSnapshot(name: string): void {
    if (this.#journal) this.#journal.writeNamed(name, this.#everything());
    else this.#memorySnapshots.set(name, [...this.#everything()]);
  }

  /** Puts a saved snapshot in the place of everything; false when there is none of that name. */
  restoreSnapshot(name: string): boolean {
    const journal = this.#journal;
    if (journal) {
      if (!journal.adoptNamed(name)) return false;
      this.#replace((load) => journal.readSnapshot(load));
      return true;
    }
    const saved = this.#memorySnapshots.get(name);
    if (!saved) return false;
    this.#replace((load) => saved.forEach(load));
    return true;
  }

  /** Calls `listener` after a reset or a restored snapshot, when anything derived must be made again. */
  onReplaced(listener: () => void): void {
    this.#replaced.add(listener);
  }

  close(): void {
    this.#journal?.close();
  }

  #commit(): void {
    if (!this.#journal || this.#changed.size === 0) return;
    const changes = [...this.#changed.values()].map(([world, table, id]): Change => {
      const tables = this.world(world);
      return [world, table, id, (isTableName(tables, table) && tables[table].get(id)) || null];
    });
    this.#journal.append(changes);
    this.#compactWhenLarge();
  }

  #compactWhenLarge(): void {
    if (!this.#journal) return;
    const { bytes, snapshotBytes } = this.#journal;
    if (bytes > Math.max(COMPACT_AFTER_BYTES, 2 * snapshotBytes)) {
      this.#journal.compact(this.#everything());
    }
  }

  /** The former objects go before the others come: both together may be more than memory holds. */
  #replace(fill: (load: (change: Change) => void) => void): void {
    for (const world of this.#worlds.values()) {
      for (const table of tableNames(world)) world[table].clear();
    }
    fill((change) => this.#load(change));
    for (const listener of this.#replaced) listener();
  }

  *#everything(): Generator<Change> {
    for (const [name, world] of this.#worlds) {
      for (const table of tableNames(world)) {
        for (const row of world[table].walk('oldest')) yield [name, table, row.id, row];
      }
    }
  }

  /** Tables of a kind that is no longer known are left behind. */
  #load([world, name, id, value]: Change): void {
    const tables = this.world(world);
    if (isTableName(tables, name)) tables[name].load(id, value);
  }
}

function tableNames(world: World): TableName[] {
  return Object.keys(world).filter((name): name is TableName => isTableName(world, name));
}

function isTableName(world: World, name: string): name is TableName {
  return Object.hasOwn(world, name);
}
