/** One piece of text on a page, in points from the page's top left corner. */
export interface PdfText {
  text: string;
  x: number;
  y: number;
  size?: number;
  bold?: boolean;
  /** Whether `x` is where the text ends. */
  right?: boolean;
  /** 0 is black, 1 white. */
  gray?: number;
}

/** A horizontal line. */
export interface PdfRule {
  x: number;
  y: number;
  width: number;
}

export interface PdfPage {
  texts: PdfText[];
  rules: PdfRule[];
}

/** A4, in points. */
export const PAGE = { width: 595, height: 842 };

/**
 * Writes a PDF of text in Helvetica, which every reader has. The file is a list of numbered objects
 * and, at its end, a table that says at which byte each one starts (ISO 32000-1, 7.5).
 */
export function writePdf(pages: PdfPage[], title: string): Buffer {
  const first = 6;
  const kids = pages.map((_page, index) => `${first + 2 * index} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Title ${literal(title)} >>`,
    ...pages.flatMap((page, index) => [pageObject(first + 2 * index + 1), stream(contentOf(page))]),
  ];
  let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + trailer, 'latin1');
}

/** Whether Helvetica has every character of a text. */
export function canPrint(text: string): boolean {
  return [...text].every((char) => char === '?' || encoded(char) !== '?');
}

/** The width of a text in Helvetica, in points. */
export function widthOf(text: string, size: number): number {
  const units = [...encoded(text)].reduce(
    (sum, char) => sum + (WIDTHS[char.charCodeAt(0) - 32] ?? 556),
    0,
  );
  return (units * size) / 1000;
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function pageObject(content: number): string {
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${content} 0 R >>`;
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function contentOf({ texts, rules }: PdfPage): string {
  const lines = rules.map(
    ({ x, y, width }) =>
      `0.8 G 0.75 w ${x} ${PAGE.height - y} m ${x + width} ${PAGE.height - y} l S`,
  );
  const words = texts.map(({ text, x, y, size = 10, bold = false, right = false, gray = 0 }) => {
    const left = right ? x - widthOf(text, size) : x;
    const place = `${left.toFixed(2)} ${(PAGE.height - y).toFixed(2)} Td`;
    return `BT ${gray} g /${bold ? 'F2' : 'F1'} ${size} Tf ${place} ${literal(text)} Tj ET`;
  });
  return [...lines, ...words].join('\n');
}

function literal(text: string): string {
  return `(${encoded(text).replace(/[\\()]/g, '\\$&')})`;
}

/** What WinAnsi has between Latin-1's printable halves, and letters it lacks that have no accent to drop. */
const WINDOWS: Record<string, string> = {
  '€': '\x80',
  '…': '\x85',
  '‘': '\x91',
  '’': '\x92',
  '“': '\x93',
  '”': '\x94',
  '•': '\x95',
  '–': '\x96',
  '—': '\x97',
  Œ: '\x8c',
  œ: '\x9c',
  Š: '\x8a',
  š: '\x9a',
  Ž: '\x8e',
  ž: '\x9e',
  Ÿ: '\x9f',
  '−': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
};

/** Text as bytes of WinAnsi, one character each; accents it lacks are dropped, the rest becomes `?`. */
function encoded(text: string): string {
  return [...text]
    .map((char) => {
      if (WINDOWS[char] !== undefined) return WINDOWS[char];
      if (/[\x20-\x7e\xa1-\xff]/.test(char)) return char;
      const base = char.normalize('NFD')[0] ?? '';
      return /[\x20-\x7e]/.test(base) ? base : '?';
    })
    .join('');
}

/** Helvetica's advance widths from the space on, in thousandths of the size (Adobe's metrics). */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
