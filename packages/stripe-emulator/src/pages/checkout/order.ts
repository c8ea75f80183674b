import type { Context } from '../../core/context';
import { invalidRequest, StripeError } from '../../core/errors';
import type { Stored } from '../../core/tables';
import { cartOf, isTrial } from '../../engine/checkout-cart';
import { quoteCheckout } from '../../engine/checkout-discounts';
import { type Quote, quoteCart } from '../../engine/checkout-quote';
import { taxBasis } from '../../engine/checkout-tax';
import type { LineItem } from '../../engine/objects';
import { taxLocation } from '../../engine/tax-location';
import { addressIn } from '../shared/address';
import { businessName } from '../shared/business';
import type { Formats } from '../shared/formats';
import { type PostedForm, wholeNumber } from '../shared/posted-form';
import { type LineCost, lineCost } from './line-cost';
import type { Payer } from './payer';

type Session = Stored<'checkout.session'>;

/** The parts of an address that say where it is taxed. */
const TAXED_PARTS = ['country', 'postal_code', 'state'] as const;

const NOT_VALID = 'This code is invalid.';

/** What a visitor changes of an order before it is paid. */
export interface OrderChoice {
  /** A promotion code as typed; empty for none. */
  code: string;
  /** Chosen quantities, by the id of the line. */
  quantities: Record<string, number>;
  /** Where the tax is calculated for, once that was filled in. */
  address: Payer['address'];
}

/** An open Checkout session as its page shows it. */
export interface Order {
  world: string;
  session: Session;
  formats: Formats;
  business: string;
  choice: OrderChoice;
  quote: Quote;
  /** By the id of the line. */
  costs: ReadonlyMap<string, LineCost>;
  /** The code as typed, whether it was taken or not. */
  typedCode: string;
  /** What is wrong with the code or a quantity; the order then goes without it. */
  problem: string | undefined;
  trialDays: number | null;
  customer: Stored<'customer'> | undefined;
  /** What is saved on the customer. */
  customerUpdate: { address?: string };
  savedCards: Stored<'payment_method'>[];
  /** What is to be paid once per period when trials and discounts are over. */
  recurringTotal: number;
  /** Whether taxes will be added that are not known yet. */
  awaitsTax: boolean;
  /** Whether the discount is forever, so that later payments are as the first. */
  discountStays: boolean;
  /** Whether a card must be given; not when nothing is due and the session says so. */
  needsCard: boolean;
}

/** An order chosen through the address: `?code=…&quantity.li_…=2`. */
export function readChoice(form: PostedForm): OrderChoice {
  const quantities = form
    .startingWith('quantity.')
    .map(([line, text]): [string, number | undefined] => [line, wholeNumber(text, 0, 999_999)])
    .filter((entry): entry is [string, number] => entry[1] !== undefined);
  const parts = TAXED_PARTS.map((part) => [`address.${part}`, form.text(part, 64)] as const);
  return {
    code: form.text('code'),
    quantities: Object.fromEntries(quantities),
    address: addressIn('address', Object.fromEntries(parts)),
  };
}

/** The choice in the form an address carries it, with its `?`; empty for none. */
export function choiceQuery({ address, code, quantities }: OrderChoice): string {
  const query = new URLSearchParams(code ? { code } : {});
  for (const [line, quantity] of Object.entries(quantities)) {
    query.set(`quantity.${line}`, String(quantity));
  }
  for (const [part, value] of Object.entries(taxedParts({ address }))) query.set(part, value);
  return query.size > 0 ? `?${query}` : '';
}

/** What a choice says of where it is taxed, as fields of an address or a form. */
export function taxedParts({ address }: Pick<OrderChoice, 'address'>): Record<string, string> {
  const parts = TAXED_PARTS.map((part): [string, string] => [part, address?.[part] ?? '']);
  return Object.fromEntries(parts.filter(([, value]) => value !== ''));
}

export function readOrder(
  ctx: Context,
  session: Session,
  formats: Formats,
  choice: OrderChoice,
): Order {
  const customer = session.customer ? ctx.find('customer', session.customer) : undefined;
  const { quote, problem, taken } = takeChoice(ctx, session, choice);
  const costOf = (line: LineItem) => lineCost(ctx, formats, line, session.mode === 'subscription');
  const isFree = session.payment_method_collection === 'if_required' && quote.amount_total === 0;
  return {
    world: ctx.worldName,
    session,
    formats,
    business: businessName(ctx, null),
    choice: taken,
    typedCode: choice.code,
    quote,
    costs: new Map(quote.lineItems.map((line) => [line.id, costOf(line)])),
    problem,
    trialDays: isTrial(ctx, session) ? trialDays(ctx, session) : null,
    customer,
    customerUpdate: ctx.get('_checkout', session.id).customerUpdate,
    savedCards: customer ? savedCards(ctx, session, customer.id) : [],
    discountStays: couponsOf(ctx, session, taken.code).every(
      (coupon) => coupon.duration === 'forever',
    ),
    needsCard: !isFree,
    recurringTotal: recurringTotal(ctx, session, customer, taken),
    awaitsTax: isTaxUnknown(ctx, session, customer, taken),
  };
}

function recurringTotal(
  ctx: Context,
  session: Session,
  customer: Stored<'customer'> | undefined,
  { address, quantities }: OrderChoice,
): number {
  const cart = cartOf(ctx, session, quantities).filter(({ price }) => price.recurring);
  return quoteCart(ctx, cart, {
    coupons: [],
    currency: session.currency ?? 'usd',
    isTrial: false,
    basis: taxBasis(ctx, session, customer, address),
  }).amount_total;
}

function isTaxUnknown(
  ctx: Context,
  session: Session,
  customer: Stored<'customer'> | undefined,
  { address }: OrderChoice,
): boolean {
  const { isAutomatic, payer } = taxBasis(ctx, session, customer, address);
  return isAutomatic && session.mode !== 'setup' && !taxLocation(payer);
}

/** As much of a choice as can be had: without the code if that is not good, else without anything. */
function takeChoice(ctx: Context, session: Session, choice: OrderChoice) {
  const untaken = { code: '', quantities: {}, address: choice.address };
  let problem: string | undefined;
  for (const taken of [choice, { ...choice, code: '' }, untaken]) {
    try {
      if (taken.code && !session.allow_promotion_codes) throw invalidRequest(NOT_VALID);
      const { address, quantities } = taken;
      const asked = { address, promotionCode: taken.code || undefined, quantities };
      return { quote: quoteCheckout(ctx, session, asked), problem, taken };
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      problem ??= error.message;
    }
  }
  const quote = quoteCheckout(ctx, session, { address: choice.address });
  return { quote, problem, taken: untaken };
}

function couponsOf(ctx: Context, session: Session, typed: string): Stored<'coupon'>[] {
  const codes = typed ? [...ctx.by('promotion_code', 'code', typed.toLowerCase())] : [];
  const given = typed ? [] : (session.discounts ?? []);
  const ids = [
    ...codes.filter((code) => code.active).map((code) => code.promotion.coupon),
    ...given.map(({ coupon, promotion_code }) => {
      return coupon ?? ctx.find('promotion_code', promotion_code ?? '')?.promotion.coupon;
    }),
  ];
  return ids.flatMap((id) => ctx.find('coupon', id ?? '') ?? []);
}

function trialDays(ctx: Context, session: Session): number {
  const { trial_end, trial_period_days } = ctx.get('_checkout', session.id).subscription;
  if (trial_period_days !== undefined) return trial_period_days;
  return trial_end === undefined ? 0 : Math.ceil((trial_end - ctx.now) / 86_400);
}

/** Cards are offered again only where they, and the session, say so. */
function savedCards(ctx: Context, session: Session, customer: string): Stored<'payment_method'>[] {
  const shown = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
  return [...ctx.by('payment_method', 'customer', customer)].filter((method) =>
    shown.some((filter) => filter === (method.allow_redisplay ?? 'unspecified')),
  );
}
