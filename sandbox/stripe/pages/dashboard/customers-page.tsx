/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { DashboardPage } from './dashboard-page';
import { Panel, State } from './entry';
import { clockText } from './times';

const SHOWN = 50;

export interface CustomersView {
  customers: { customer: Stored<'customer'>; statuses: string[] }[];
  total: number;
}

/** The newest customers whose id, email or name has `search` in it. */
export function readCustomers(ctx: Context, search: string): CustomersView {
  const wanted = search.toLowerCase();
  const customers: CustomersView['customers'] = [];
  for (const customer of ctx.world.customer.walk()) {
    const text = `${customer.id} ${customer.email ?? ''} ${customer.name ?? ''}`;
    if (!text.toLowerCase().includes(wanted)) continue;
    const statuses = [...ctx.by('subscription', 'customer', customer.id)].map(
      ({ status }) => status,
    );
    customers.push({ customer, statuses });
    if (customers.length === SHOWN) break;
  }
  return { customers, total: ctx.world.customer.size };
}

export const CustomersPage: FC<{ view: CustomersView; search: string; ctx: Context }> = ({
  view,
  search,
  ctx,
}) => (
  <DashboardPage title="Customers" section="/" mode={ctx.mode} now={ctx.now}>
    <form class="search" method="get" action="/">
      {ctx.livemode && <input type="hidden" name="mode" value="live" />}
      <input
        class="input"
        type="search"
        name="q"
        value={search}
        aria-label="Search by email, name or id"
        placeholder="Email, name or any id"
      />
      <button class="button" type="submit">
        Search
      </button>
    </form>
    <Panel
      count={view.customers.length}
      empty={search ? 'Nobody was found.' : 'There are no customers yet.'}
    >
      {view.customers.map(({ customer, statuses }) => (
        <div key={customer.id} class="entry">
          <a class="entry-link" href={`/customers/${customer.id}`}>
            <span class="grow">
              <strong>{customer.email ?? customer.name ?? 'No email'}</strong>{' '}
              <span class="muted">{customer.email ? customer.name : ''}</span>
            </span>
            {statuses.map((status) => (
              <State key={status} value={status} />
            ))}
            <code class="muted">{customer.id}</code>
            <span class="time">{clockText(customer.created)}</span>
          </a>
        </div>
      ))}
    </Panel>
    <p class="muted small">
      {view.total} in all{view.total > view.customers.length && ', the newest shown'}.
    </p>
  </DashboardPage>
);
