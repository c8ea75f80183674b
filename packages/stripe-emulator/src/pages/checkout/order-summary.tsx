import type { FC } from 'hono/jsx';
import { isMetered } from '../../engine/items';
import type { LineItem } from '../../engine/objects';
import { everyPeriod, taxLabel } from '../shared/wording';
import type { Order } from './order';

/** What is bought, what it costs now and later; or that only a card is left. */
export const OrderSummary: FC<{ order: Order }> = ({ order }) => {
  const { session, business } = order;
  return (
    <>
      {session.cancel_url && (
        <p>
          <a class="back" href={session.cancel_url}>
            <span aria-hidden="true">←</span> Back to {business}
          </a>
        </p>
      )}
      {session.mode === 'setup' ? (
        <div class="stack-tight">
          <h1 class="order-title">Save a card with {business}</h1>
          <p class="muted">Nothing is charged today.</p>
        </div>
      ) : (
        <Sums order={order} />
      )}
    </>
  );
};

const Sums: FC<{ order: Order }> = ({ order }) => {
  const { formats, quote, session, trialDays } = order;
  const money = (amount: number) => formats.money(amount, session.currency ?? 'usd');
  return (
    <>
      <div class="stack-tight">
        <h1 class="muted order-title">{titleOf(order)}</h1>
        <p class="amount">{trialDays === null ? money(quote.amount_total) : freeFor(trialDays)}</p>
        <p class="muted">{thenText(order)}</p>
      </div>
      <div class="lines">
        {quote.lineItems.map((line) => (
          <Line key={line.id} line={line} order={order} />
        ))}
        {quote.amount_discount > 0 && (
          <p class="line">
            <span>
              {order.choice.code ? `Discount (${order.choice.code.toUpperCase()})` : 'Discount'}
            </span>
            <span>{money(-quote.amount_discount)}</span>
          </p>
        )}
        {quote.taxes.map(({ amount, rate }) => (
          <p key={rate.id} class="line">
            <span>{taxLabel(rate)}</span>
            <span>{money(amount)}</span>
          </p>
        ))}
        {order.awaitsTax && (
          <p class="line">
            <span>Tax</span>
            <span class="muted">calculated from your address</span>
          </p>
        )}
        <p class="line total">
          <span>Total due today</span>
          <span>{money(quote.amount_total)}</span>
        </p>
      </div>
    </>
  );
};

const Line: FC<{ line: LineItem; order: Order }> = ({ line, order }) => (
  <div class="line">
    <span>{line.description}</span>
    <span>{order.costs.get(line.id)?.amount}</span>
    <span class="detail">{order.costs.get(line.id)?.details}</span>
  </div>
);

function titleOf({ business, quote, session, trialDays }: Order): string {
  if (session.mode === 'payment') return `Pay ${business}`;
  const [first, ...others] = quote.lineItems;
  const name = `${first?.description ?? 'this'}${others.length > 0 ? ' and more' : ''}`;
  return trialDays === null ? `Subscribe to ${name}` : `Try ${name}`;
}

function freeFor(days: number): string {
  return days === 1 ? '1 day free' : `${days} days free`;
}

/** When the first payment is not what the later ones will be, says what they will be. */
function thenText(order: Order): string {
  const { formats, quote, session, trialDays } = order;
  const prices = quote.lineItems.flatMap((line) => (line.price?.recurring ? [line.price] : []));
  const [price] = prices;
  if (!price) return '';
  const total = order.recurringTotal;
  const usage = prices.some(isMetered) ? ', plus usage' : '';
  const later = `${formats.money(total, session.currency ?? 'usd')} ${everyPeriod(price)}`;
  if (trialDays === null && quote.amount_total === total) return `${everyPeriod(price)}${usage}`;
  if (quote.amount_discount === 0 || trialDays !== null) return `Then ${later}${usage}`;
  return `${order.discountStays ? everyPeriod(price) : `${later} once the discount ends`}${usage}`;
}
