import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';

/** The lines of a snapshot behind its first one. */
export function* objectLines(path: string): Generator<string> {
  for (const { text, isFirst } of lines(path)) if (!isFirst) yield text;
}

/**
 * Writes beside the target and renames, so that a reader sees the old file or the whole new one.
 * Gives the bytes written.
 */
export function writeSnapshot(path: string, generation: number, objects: Iterable<string>): number {
  const file = openSync(`${path}.tmp`, 'w');
  let chunk = `${generation}\n`;
  let bytes = 0;
  for (const line of objects) {
    chunk += `${line}\n`;
    if (chunk.length > 1 << 20) {
      bytes += writeWhole(file, chunk);
      chunk = '';
    }
  }
  bytes += writeWhole(file, chunk);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
  return bytes;
}

/** Writes all of a text, as one call may take only a part; gives its bytes. @throws when the disk is full */
export function writeWhole(file: number, text: string): number {
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
export function* lines(path: string): Generator<Line> {
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
