import { expect, test } from 'vitest';
import { widthOf, writePdf } from './pdf';

const page = { texts: [{ text: 'Über (100 €) \\ 東', x: 10, y: 20 }], rules: [] };

test('every object starts at the byte its table says', () => {
  const file = writePdf([page, page], 'Title').toString('latin1');
  const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
  const entries = file.slice(start).match(/\d{10} 00000 n/g) ?? [];
  expect(entries).toHaveLength(9);
  for (const [index, entry] of entries.entries()) {
    expect(file.slice(Number(entry.slice(0, 10)))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
  }
});

test('text is written in WinAnsi with its brackets escaped', () => {
  const file = writePdf([page], 'Title').toString('latin1');
  expect(file).toContain('(\xdcber \\(100 \x80\\) \\\\ ?)');
});

test('widths are Helvetica’s', () => {
  expect(widthOf('$12.00', 10)).toBeCloseTo(30.58);
});
