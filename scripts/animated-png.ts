import { crc32 } from 'node:zlib';

export type Frame = { png: Buffer; seconds: number };

const SIGNATURE_LENGTH = 8;

/**
 * Pictures of one size, shown one after the other without end, as an animated PNG. What cannot animate
 * shows the first.
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (!first) throw new Error('There is nothing to show.');
  const header = dataOf(first.png, 'IHDR');
  const size = header.subarray(0, 8);
  // Frames and what belongs to them are numbered together.
  let number = 0;
  const shown = frames.flatMap(({ png, seconds }, index) => {
    if (!dataOf(png, 'IHDR').equals(header)) throw new Error('The pictures are not of one kind.');
    const offset = words(0, 0);
    const delay = Buffer.from([0, Math.round(seconds * 10), 0, 10, 0, 0]);
    const control = chunk('fcTL', words(number++), size, offset, delay);
    const data = dataOf(png, 'IDAT');
    return [control, index === 0 ? chunk('IDAT', data) : chunk('fdAT', words(number++), data)];
  });
  return Buffer.concat([
    first.png.subarray(0, SIGNATURE_LENGTH),
    chunk('IHDR', header),
    chunk('acTL', words(frames.length, 0)),
    ...shown,
    chunk('IEND'),
  ]);
}

/** What the chunks of one type hold, together. */
function dataOf(png: Buffer, wanted: string): Buffer {
  const found: Buffer[] = [];
  for (let at = SIGNATURE_LENGTH; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === wanted) found.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(found);
}

function chunk(type: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([words(data.length), body, words(crc32(body))]);
}

function words(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt32BE(number, 4 * index);
  return buffer;
}
