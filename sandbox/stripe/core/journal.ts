import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What happened to one object: its new value, or null when it was taken out. */
export type Change = [world: string, table: string, id: string, value: { id: string } | null];

/**
 * The state on disk: a snapshot (one object a line) and, behind it, a journal (one transaction a line).
 * A line is written with one call before the reply leaves, so a killed process loses at most the
 * transaction it was writing; such a torn last line is cut off at the next start. Replaying a journal
 * over a snapshot that already holds it changes nothing, so the two files need no common commit.
 */
export class Journal {
  #directory: string;
  #file: number;
  #bytes = 0;
  #snapshotBytes = 0;

  /** Opens the journal in `directory`, made when missing, and tells `apply` all that was stored. */
  constructor(directory: string, apply: (change: Change) => void) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    for (const line of lines(this.#path('snapshot.jsonl'))) {
      apply(JSON.parse(line.text));
      this.#snapshotBytes = line.end;
    }
    this.#file = openSync(this.#path('journal.jsonl'), 'a+');
    for (const line of lines(this.#path('journal.jsonl'))) {
      if (!line.complete) break;
      const changes: Change[] = JSON.parse(line.text);
      for (const change of changes) apply(change);
      this.#bytes = line.end;
    }
    ftruncateSync(this.#file, this.#bytes);
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

  /** Replaces snapshot and journal by the given objects. */
  compact(objects: Iterable<Change>): void {
    this.#snapshotBytes = writeChanges(this.#path('snapshot.jsonl'), objects);
    ftruncateSync(this.#file, 0);
    this.#bytes = 0;
  }

  /** Writes a named snapshot beside the state. */
  writeNamed(name: string, objects: Iterable<Change>): void {
    mkdirSync(this.#path('snapshots'), { recursive: true });
    writeChanges(this.#path(`snapshots/${name}.jsonl`), objects);
  }

  /** Reads a named snapshot; undefined when there is none. */
  readNamed(name: string): Change[] | undefined {
    const path = this.#path(`snapshots/${name}.jsonl`);
    if (!existsSync(path)) return undefined;
    return [...lines(path)].map((line): Change => JSON.parse(line.text));
  }

  close(): void {
    closeSync(this.#file);
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }
}

/** Writes beside the target and renames, so that a reader sees the old file or the whole new one; gives the bytes. */
function writeChanges(path: string, changes: Iterable<Change>): number {
  const file = openSync(`${path}.tmp`, 'w');
  let chunk = '';
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
  /** The last line of a file lacks its end when the process died while writing it. */
  complete: boolean;
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
        yield { text: rest.toString('utf8', start, newline), complete: true, end };
        start = newline + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), complete: false, end };
  } finally {
    closeSync(file);
  }
}
