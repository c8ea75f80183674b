import { canPrint, PAGE, type PdfPage, type PdfText, widthOf, writePdf } from './pdf';

const LEFT = 48;
const RIGHT = PAGE.width - 48;
const LINE = 34;
const ROW = 13;
const GRAY = 0.4;

/** What an invoice and a credit note have in common on paper. */
export interface PrintedDocument {
  /** `Invoice` or `Credit note`. */
  kind: string;
  number: string;
  business: string;
  facts: (readonly [label: string, value: string])[];
  billTo: string[];
  /** The amount in a sentence. */
  headline: string;
  lines: { description: string; detail: string; amount: string }[];
  totals: { label: string; amount: string; strong?: boolean }[];
}

/** The document as a PDF; as many pages as its lines need. */
export function documentPdf(view: PrintedDocument): Buffer {
  const head = headOf(view);
  const pages: PdfPage[] = [head.page];
  let y = head.y;
  let page = head.page;
  const room = (height: number) => {
    if (y + height < PAGE.height - 60) return;
    page = { texts: [], rules: [] };
    pages.push(page);
    y = 72;
  };
  for (const line of view.lines) {
    const rows = wrapped(line.description, 380);
    room(LINE + (rows.length - 1) * ROW);
    page.texts.push({ text: line.amount, x: RIGHT, y, right: true });
    for (const [index, text] of rows.entries()) {
      if (index > 0) y += ROW;
      page.texts.push({ text, x: LEFT, y });
    }
    page.texts.push({ text: line.detail, x: LEFT, y: y + ROW, size: 8, gray: GRAY });
    y += LINE;
    page.rules.push({ x: LEFT, y: y - 14, width: RIGHT - LEFT });
  }
  room(view.totals.length * 18 + 20);
  y += 8;
  for (const total of view.totals) {
    page.texts.push(
      { text: total.label, x: 360, y, bold: total.strong },
      { text: total.amount, x: RIGHT, y, right: true, bold: total.strong },
    );
    y += 18;
  }
  return writePdf(pages, `${view.kind} ${view.number}`);
}

function headOf(view: PrintedDocument): { page: PdfPage; y: number } {
  // A name the font has no letters for is better left out than shown as question marks.
  const billTo = view.billTo.filter(canPrint);
  const texts: PdfText[] = [
    { text: view.kind, x: LEFT, y: 72, size: 22, bold: true },
    { text: view.business, x: RIGHT, y: 72, size: 12, bold: true, right: true },
    ...view.facts.flatMap(([label, value], index): PdfText[] => [
      { text: label, x: LEFT, y: 104 + index * 15, gray: GRAY },
      { text: value, x: LEFT + 100, y: 104 + index * 15 },
    ]),
    { text: 'Bill to', x: LEFT, y: 188, bold: true },
    ...billTo.map((text, index): PdfText => ({ text, x: LEFT, y: 204 + index * 14 })),
  ];
  const y = 204 + billTo.length * 14 + 24;
  texts.push(
    { text: view.headline, x: LEFT, y, size: 15, bold: true },
    { text: 'Description', x: LEFT, y: y + 34, size: 8, gray: GRAY },
    { text: 'Amount', x: RIGHT, y: y + 34, size: 8, gray: GRAY, right: true },
    { text: 'Emulator: no real money', x: LEFT, y: PAGE.height - 36, size: 8, gray: GRAY },
  );
  const rules = [{ x: LEFT, y: y + 40, width: RIGHT - LEFT }];
  return { page: { texts, rules }, y: y + 58 };
}

/** A text in rows of at most `width` points; a word longer than a row goes on in the next. */
function wrapped(text: string, width: number): string[] {
  const rows = [''];
  for (const part of text.split(/(?<= )/)) {
    if (widthOf(`${rows.at(-1)}${part}`.trimEnd(), 10) > width) rows.push('');
    for (const char of part) {
      if (widthOf(`${rows.at(-1)}${char}`.trimEnd(), 10) > width) rows.push('');
      rows.push(`${rows.pop()}${char}`);
    }
  }
  return rows.map((row) => row.trim()).filter(Boolean);
}
