import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { lines, objectLines, writeSnapshot, writeWhole } from './state-files';
import { lockState } from './state-lock';

const SNAPSHOT = 'snapshot.jsonl';

/** What happened to one object: its new value, or null when it was taken out. */
export type Change = [world: string, table: string, id: string, value: { id: string } | null];

/**
 * The state on disk: a snapshot (one object a line) and, behind it, a journal (one transaction a line).
 * A line is written before the reply leaves, so a killed process loses at most the transaction it was
 * writing; such a torn last line is cut off at the next start. The first line of a snapshot names the
 * journal that follows it, so that its renaming changes both at once.
 */
export class Journal {
  #directory: string;
  #generation = 0;
  #file: number;
  #unlock: () => void;
  #bytes = 0;
  #snapshotBytes = 0;

  /** Opens the state in `directory`, made when missing, and tells `apply` all that was stored. */
  constructor(directory: string, apply: (change: Change) => void) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    this.#unlock = lockState(directory);
    try {
      this.readSnapshot(apply);
      this.#file = this.#openJournal(apply);
      this.#dropOtherJournals();
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  /** Bytes written since the last snapshot: when to compact is the store's choice. */
  get bytes(): number {
    return this.#bytes;
  }

  get snapshotBytes(): number {
    return this.#snapshotBytes;
  }

  /** @throws when the disk does not take it; half a line is then taken back */
  append(changes: Change[]): void {
    try {
      this.#bytes += writeWhole(this.#file, `${JSON.stringify(changes)}\n`);
    } catch (error) {
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
  }

  /** Puts the given objects in the place of snapshot and journal. */
  compact(objects: Iterable<Change>): void {
    this.#replaceSnapshot(written(objects));
  }

  /** Writes a named snapshot beside the state. */
  writeNamed(name: string, objects: Iterable<Change>): void {
    mkdirSync(this.#path('snapshots'), { recursive: true });
    writeSnapshot(this.#namedPath(name), 0, written(objects));
  }

  /**
   * Puts a named snapshot in the place of snapshot and journal; false when there is none.
   * Copied line by line, as a state can be larger than the longest string; `read` tells what is in it.
   */
  adoptNamed(name: string): boolean {
    if (!existsSync(this.#namedPath(name))) return false;
    this.#replaceSnapshot(objectLines(this.#namedPath(name)));
    return true;
  }

  /** Tells `apply` all that is in the snapshot. */
  readSnapshot(apply: (change: Change) => void): void {
    for (const { text, end, isFirst } of lines(this.#path(SNAPSHOT))) {
      if (isFirst) this.#generation = Number(text);
      else apply(JSON.parse(text));
      this.#snapshotBytes = end;
    }
  }

  close(): void {
    closeSync(this.#file);
    this.#unlock();
  }

  #replaceSnapshot(objects: Iterable<string>): void {
    const generation = this.#generation + 1;
    this.#snapshotBytes = writeSnapshot(this.#path(SNAPSHOT), generation, objects);
    closeSync(this.#file);
    this.#generation = generation;
    this.#file = openSync(this.#journalPath(), 'a+');
    this.#bytes = 0;
    this.#dropOtherJournals();
  }

  #openJournal(apply: (change: Change) => void): number {
    const file = openSync(this.#journalPath(), 'a+');
    for (const { text, end, isComplete } of lines(this.#journalPath())) {
      if (!isComplete) break;
      const changes: Change[] = JSON.parse(text);
      for (const change of changes) apply(change);
      this.#bytes = end;
    }
    ftruncateSync(file, this.#bytes);
    return file;
  }

  #dropOtherJournals(): void {
    const current = journalName(this.#generation);
    for (const name of readdirSync(this.#directory)) {
      if (/^journal-\d+\.jsonl$/.test(name) && name !== current) rmSync(this.#path(name));
    }
  }

  #journalPath(): string {
    return this.#path(journalName(this.#generation));
  }

  #namedPath(name: string): string {
    return this.#path(`snapshots/${name}.jsonl`);
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }
}

function journalName(generation: number): string {
  return `journal-${generation}.jsonl`;
}

function* written(changes: Iterable<Change>): Generator<string> {
  for (const change of changes) yield JSON.stringify(change);
}
