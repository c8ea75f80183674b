import { INVOICE_STATUS } from '../shared/invoice-status';
import type { InvoiceView } from './invoice-view';
import { PAGE, type PdfPage, type PdfText, widthOf, writePdf } from './pdf';

const LEFT = 48;
const RIGHT = PAGE.width - 48;
const LINE = 34;
const GRAY = 0.4;

/** The invoice as a PDF; as many pages as its lines need. */
export function invoicePdf(view: InvoiceView): Buffer {
  const { invoice } = view;
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
    room(LINE);
    page.texts.push(
      { text: fitted(line.description, 380), x: LEFT, y },
      { text: line.detail, x: LEFT, y: y + 13, size: 8, gray: GRAY },
      { text: line.amount, x: RIGHT, y, right: true },
    );
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
  return writePdf(pages, `Invoice ${invoice.number ?? invoice.id}`);
}

function headOf(view: InvoiceView): { page: PdfPage; y: number } {
  const { business, formats, invoice } = view;
  const facts = [
    ['Invoice number', invoice.number ?? ''],
    ['Date of issue', formats.date(invoice.status_transitions.finalized_at ?? invoice.created)],
    ['Date due', formats.date(invoice.due_date ?? invoice.created)],
    ['Status', INVOICE_STATUS[invoice.status ?? 'draft']?.text ?? ''],
  ];
  const texts: PdfText[] = [
    { text: 'Invoice', x: LEFT, y: 72, size: 22, bold: true },
    { text: business, x: RIGHT, y: 72, size: 12, bold: true, right: true },
    ...facts.flatMap(([label = '', value = ''], index): PdfText[] => [
      { text: label, x: LEFT, y: 104 + index * 15, gray: GRAY },
      { text: value, x: LEFT + 100, y: 104 + index * 15 },
    ]),
    { text: 'Bill to', x: LEFT, y: 188, bold: true },
    ...view.billTo.map((text, index): PdfText => ({ text, x: LEFT, y: 204 + index * 14 })),
  ];
  const y = 204 + view.billTo.length * 14 + 24;
  texts.push(
    { text: amountLine(view), x: LEFT, y, size: 15, bold: true },
    { text: 'Description', x: LEFT, y: y + 34, size: 8, gray: GRAY },
    { text: 'Amount', x: RIGHT, y: y + 34, size: 8, gray: GRAY, right: true },
    { text: 'Sandbox: no real money', x: LEFT, y: PAGE.height - 36, size: 8, gray: GRAY },
  );
  const rules = [{ x: LEFT, y: y + 40, width: RIGHT - LEFT }];
  return { page: { texts, rules }, y: y + 58 };
}

function amountLine({ formats, invoice }: InvoiceView): string {
  const money = (amount: number) => formats.money(amount, invoice.currency);
  const paidAt = invoice.status_transitions.paid_at;
  if (invoice.status === 'paid') {
    return `${money(invoice.total)} paid on ${formats.date(paidAt ?? invoice.created)}`;
  }
  if (invoice.status === 'open') {
    return `${money(invoice.amount_remaining)} due ${formats.date(invoice.due_date ?? invoice.created)}`;
  }
  return money(invoice.total);
}

function fitted(text: string, width: number): string {
  if (widthOf(text, 10) <= width) return text;
  let kept = text;
  while (kept.length > 0 && widthOf(`${kept}…`, 10) > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
