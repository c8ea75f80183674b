import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { productName } from '../../engine/items';
import { formatsFor } from '../shared/formats';
import { priceText } from '../shared/price-text';
import { methodTitle } from '../shared/wording';
import { DashboardPage } from './dashboard-page';
import { Entry, Panel, State } from './entry';
import { EventEntry } from './event-entry';
import { JsonView } from './json-view';
import { eventsAbout } from './recent-events';
import { clockText } from './times';

const formats = formatsFor('en');

/** Everything that belongs to one customer, each thing with its JSON. */
export const CustomerPage: FC<{ ctx: Context; customer: Stored<'customer'> }> = ({
  ctx,
  customer,
}) => (
  <DashboardPage title={customer.email ?? customer.name ?? customer.id} section="/" ctx={ctx} live>
    <div class="panel">
      <Entry
        head={
          <>
            <strong class="grow">{customer.name ?? 'Customer'}</strong>
            <Common object={customer} />
          </>
        }
      >
        <JsonView value={customer} />
      </Entry>
    </div>
    <Things
      title="Subscriptions"
      list={[...ctx.by('subscription', 'customer', customer.id)]}
      head={(subscription) => (
        <>
          <span class="grow">{describeSubscription(ctx, subscription)}</span>
          <State value={subscription.status} />
        </>
      )}
    />
    <Things
      title="Invoices"
      list={[...ctx.by('invoice', 'customer', customer.id)]}
      head={(invoice) => (
        <>
          <span class="grow">
            {invoice.number ?? 'Draft'} · {formats.money(invoice.total, invoice.currency)}{' '}
            <span class="muted">{invoice.billing_reason}</span>
          </span>
          <State value={invoice.status} />
        </>
      )}
    />
    <Things
      title="Payment methods"
      list={[...ctx.by('payment_method', 'customer', customer.id)]}
      head={(method) => (
        <span class="grow">
          {methodTitle(method)}{' '}
          {customer.invoice_settings.default_payment_method === method.id && (
            <span class="pill good">default</span>
          )}
        </span>
      )}
    />
    <Things
      title="Checkout sessions"
      list={[...ctx.by('checkout.session', 'customer', customer.id)]}
      head={(session) => (
        <>
          <span class="grow">{session.mode}</span>
          <State value={session.status} />
        </>
      )}
    />
    <Things
      title="Portal sessions"
      list={[...ctx.by('billing_portal.session', 'customer', customer.id)]}
      head={(session) => <span class="grow">{session.flow?.type ?? 'portal home'}</span>}
    />
    <Events ctx={ctx} customer={customer.id} />
  </DashboardPage>
);

interface Thing {
  readonly id: string;
  readonly created: number;
}

function Things<T extends Thing>({
  title,
  list,
  head,
}: {
  title: string;
  list: T[];
  head: (thing: T) => unknown;
}) {
  if (list.length === 0) return null;
  return (
    <section class="stack">
      <h2>{title}</h2>
      <Panel count={list.length} empty="">
        {list.map((thing) => (
          <Entry
            key={thing.id}
            head={
              <>
                {head(thing)}
                <Common object={thing} />
              </>
            }
          >
            <JsonView value={thing} />
          </Entry>
        ))}
      </Panel>
    </section>
  );
}

const Common: FC<{ object: Thing }> = ({ object }) => (
  <>
    <code class="muted">{object.id}</code>
    <span class="time">{clockText(object.created)}</span>
  </>
);

const Events: FC<{ ctx: Context; customer: string }> = ({ ctx, customer }) => {
  const events = eventsAbout(ctx, customer);
  return (
    <section class="stack">
      <h2>Events</h2>
      <Panel count={events.length} empty="Nothing has happened yet.">
        {events.map((event) => (
          <EventEntry key={event.id} ctx={ctx} event={event} />
        ))}
      </Panel>
    </section>
  );
};

function describeSubscription(ctx: Context, subscription: Stored<'subscription'>): string {
  const items = subscription.items.data.map(
    ({ price, quantity = 1 }) =>
      `${productName(ctx, price)}${quantity === 1 ? '' : ` × ${quantity}`} · ${priceText(ctx, formats, price, quantity)}`,
  );
  const end = subscription.items.data[0]?.current_period_end;
  const until = subscription.cancel_at
    ? ` · cancels ${clockText(subscription.cancel_at)}`
    : end && !subscription.ended_at
      ? ` · until ${clockText(end)}`
      : '';
  return items.join(', ') + until;
}
