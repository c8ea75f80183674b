import type { Hono, Context as Request } from 'hono';
import type { Context } from '../../core/context';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { type HostedTarget, hostedTarget } from '../../engine/hosted-links';
import { payInvoice } from '../../engine/invoice-pay';
import { AuthenticationPage } from '../shared/authentication-page';
import { keptOf, parseCard } from '../shared/card-input';
import { createMethod } from '../shared/create-method';
import { type Formats, formatsFor, localeOf } from '../shared/formats';
import { needsAuthentication } from '../shared/needs-authentication';
import { type PostedForm, readForm } from '../shared/posted-form';
import { ProblemPage } from '../shared/problem-page';
import { NOT_AUTHENTICATED } from '../shared/wording';
import { creditNotePdf } from './credit-note-pdf';
import { InvoicePage, type PayTrial } from './invoice-page';
import { invoicePdf } from './invoice-pdf';
import { type InvoiceView, readInvoice } from './invoice-view';
import { canPrint } from './pdf';

/** An invoice's own page, where it can be paid while it is open, and its PDF. */
export function mountInvoices(app: Hono, emulator: StripeEmulator): void {
  app.get('/i/:token', (c) => {
    const view = findInvoice(emulator, c);
    if (!view) return unknown(c);
    const isPaidNow = c.req.query('paid') === 'now' && view.invoice.status === 'paid';
    return c.html(<InvoicePage view={view} isPaidNow={isPaidNow} />);
  });
  app.get('/i/:token/pdf', (c) => {
    const view = findInvoice(emulator, c, printable);
    if (!view) return unknown(c);
    const name = `Invoice-${view.invoice.number ?? view.invoice.id}.pdf`;
    return c.body(new Uint8Array(invoicePdf(view)), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });
  app.get('/i/credit_notes/:token/pdf', (c) => {
    const found = findCreditNote(emulator, c);
    if (!found) return unknown(c);
    return c.body(new Uint8Array(found.pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="CreditNote-${found.number}.pdf"`,
    });
  });
  app.post('/i/:token', async (c) => {
    const view = findInvoice(emulator, c);
    if (!view) return unknown(c);
    if (view.invoice.status !== 'open') return c.redirect(view.path, 303);
    return pay(c, emulator, view, await readForm(c));
  });
}

function pay(c: Request, emulator: StripeEmulator, view: InvoiceView, form: PostedForm) {
  const { formats, invoice, world } = view;
  const refuse = (attempt: PayTrial) => {
    const present = findInvoice(emulator, c) ?? view;
    return c.html(<InvoicePage view={present} attempt={attempt} />, 402);
  };
  if (form.text('authentication') === 'fail') return refuse({ problem: NOT_AUTHENTICATED });
  const chosen = form.text('payment_method');
  const isNew = chosen === 'new' || chosen === '';
  const kept = isNew ? keptOf(form) : undefined;
  const typed = isNew ? parseCard(form, view.now) : undefined;
  if (typed && 'errors' in typed) return refuse({ errors: typed.errors, kept });
  let method = chosen;
  try {
    if (typed) method = createMethod(emulator, world, typed.card, invoice.customer_email);
    if (typed && invoice.customer) {
      const attach = { customer: invoice.customer };
      emulator.call(world, 'POST', `/v1/payment_methods/${method}/attach`, attach);
    }
    emulator.run(world, (ctx) =>
      payInvoice(onClockOf(ctx, invoice.customer), invoice.id, {
        payment_method: method,
        authenticated: form.text('authentication') === 'complete',
        off_session: false,
      }),
    );
    return c.redirect(`${view.path}?paid=now`, 303);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    if (!needsAuthentication(error)) return refuse({ problem: error.message, kept });
    const amount = formats.money(invoice.amount_remaining, invoice.currency);
    return c.html(
      <AuthenticationPage
        action={view.path}
        purpose={`a payment of ${amount} to ${view.business}`}
        carried={{ payment_method: method }}
      />,
    );
  }
}

function onClockOf(ctx: Context, customer: string | null): Context {
  return ctx.onClockOf(customer ? ctx.find('customer', customer) : undefined);
}

/** The invoice of an address; drafts have none yet. */
function findInvoice(
  emulator: StripeEmulator,
  c: Request,
  formatsOf = (locale: string, _currency: string) => formatsFor(locale),
): InvoiceView | undefined {
  const target = targetOf(emulator, c);
  if (!target) return undefined;
  return emulator.run(target.world, (ctx) => {
    const invoice = ctx.find('invoice', target.id);
    if (!invoice || invoice.status === 'draft') return undefined;
    const formats = formatsOf(localeFor(ctx, c, invoice.customer), invoice.currency);
    return readInvoice(ctx, invoice, formats, `/i/${c.req.param('token')}`);
  });
}

function findCreditNote(
  emulator: StripeEmulator,
  c: Request,
): { number: string; pdf: Buffer } | undefined {
  const target = targetOf(emulator, c);
  if (!target) return undefined;
  return emulator.run(target.world, (ctx) => {
    const note = ctx.find('credit_note', target.id);
    if (!note) return undefined;
    const formats = printable(localeFor(ctx, c, note.customer), note.currency);
    return { number: note.number, pdf: creditNotePdf(ctx, note, formats) };
  });
}

function targetOf(emulator: StripeEmulator, c: Request): HostedTarget | undefined {
  return hostedTarget(emulator.core, c.req.param('token') ?? '');
}

function localeFor(ctx: Context, c: Request, customer: string | null): string {
  const preferred = (customer && ctx.find('customer', customer)?.preferred_locales) || [];
  return localeOf(null, preferred, c.req.header('accept-language'));
}

/** Formats in letters that the PDF's font has: English where it lacks the language's. */
function printable(locale: string, currency: string): Formats {
  const own = formatsFor(locale);
  const writes = canPrint(own.date(0)) && canPrint(own.shortDate(0));
  const readable = writes ? locale : 'en';
  const hasSymbol = canPrint(formatsFor(readable).money(0, currency));
  return formatsFor(readable, hasSymbol ? 'symbol' : 'code');
}

function unknown(c: Request) {
  return c.html(
    <ProblemPage title="This invoice could not be found">
      The link is not one of ours, or not quite right.
    </ProblemPage>,
    404,
  );
}
