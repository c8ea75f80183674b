import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

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
  #bytes = 0;
  #snapshotBytes = 0;

  /** Opens the state in `directory`, made when missing, and tells `apply` all that was stored. */
  constructor(directory: string, apply: (change: Change) => void) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    for (const { text, end, isFirst } of lines(this.#path(SNAPSHOT))) {
      if (isFirst) this.#generation = Number(text);
      else apply(JSON.parse(text));
      this.#snapshotBytes = end;
    }
    this.#file = openSync(this.#journalPath(), 'a+');
    for (const { text, end, isComplete } of lines(this.#journalPath())) {
      if (!isComplete) break;
      const changes: Change[] = JSON.parse(text);
      for (const change of changes) apply(change);
      this.#bytes = end;
    }
    ftruncateSync(this.#file, this.#bytes);
    this.#dropOtherJournals();
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
    const generation = this.#generation + 1;
    this.#snapshotBytes = writeChanges(this.#path(SNAPSHOT), objects, generation);
    closeSync(this.#file);
    this.#generation = generation;
    this.#file = openSync(this.#journalPath(), 'a+');
    this.#bytes = 0;
    this.#dropOtherJournals();
  }

  /** Writes a named snapshot beside the state. */
  writeNamed(name: string, objects: Iterable<Change>): void {
    mkdirSync(this.#path('snapshots'), { recursive: true });
    writeChanges(this.#path(`snapshots/${name}.jsonl`), objects, 0);
  }

  /** Reads a named snapshot; undefined when there is none. */
  readNamed(name: string): Change[] | undefined {
    const path = this.#path(`snapshots/${name}.jsonl`);
    if (!existsSync(path)) return undefined;
    return [...lines(path)].slice(1).map(({ text }): Change => JSON.parse(text));
  }

  close(): void {
    closeSync(this.#file);
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

  #path(name: string): string {
    return join(this.#directory, name);
  }
}

function journalName(generation: number): string {
  return `journal-${generation}.jsonl`;
}

/**
 * Writes beside the target and renames, so that a reader sees the old file or the whole new one.
 * Gives the bytes written.
 */
function writeChanges(path: string, changes: Iterable<Change>, generation: number): number {
  const file = openSync(`${path}.tmp`, 'w');
  let chunk = `${generation}\n`;
  let written = 0;
  for (const change of changes) {
    chunk += `${JSON.stringify(change)}\n`;
    if (chunk.length > 1 << 20) {
      written += writeWhole(file, chunk);
      chunk = '';
    }
  }
  written += writeWhole(file, chunk);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
  return written;
}

function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return written;
}

interface Line {
  text: string;
  isFirst: boolean;
  /** The last line of a file lacks its end when the process died while writing it. */
  isComplete: boolean;
  /** Bytes of the file up to and with this line. */
  end: number;
}

/** The lines of a file, read in pieces, as a state can be larger than the longest string. */
function* lines(path: string): Generator<Line> {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(1 << 20);
    let rest = Buffer.alloc(0);
    let end = 0;
    for (;;) {
      const length = readSync(file, piece, 0, piece.length, null);
      if (length === 0) break;
      rest = Buffer.concat([rest, piece.subarray(0, length)]);
      let start = 0;
      for (;;) {
        const newline = rest.indexOf(10, start);
        if (newline < 0) break;
        end += newline + 1 - start;
        const text = rest.toString('utf8', start, newline);
        yield { text, isFirst: end === newline + 1 - start, isComplete: true, end };
        start = newline + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) {
      yield { text: rest.toString('utf8'), isFirst: end === 0, isComplete: false, end };
    }
  } finally {
    closeSync(file);
  }
}
