import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { DashboardPage, WorldFields } from './dashboard-page';
import { Panel, State } from './entry';
import { Experiments } from './experiments';
import { clockText } from './times';

const SHOWN = 50;

export interface CustomersView {
  customers: {
    customer: Stored<'customer'>;
    /** How many subscriptions there are of each status. */
    statuses: ReadonlyMap<string, number>;
  }[];
  total: number;
}

/** The newest customers whose id, email or name has `search` in it. */
export function readCustomers(ctx: Context, search: string): CustomersView {
  const wanted = search.toLowerCase();
  const customers: CustomersView['customers'] = [];
  for (const customer of ctx.world.customer.walk()) {
    const text = `${customer.id} ${customer.email ?? ''} ${customer.name ?? ''}`;
    if (!text.toLowerCase().includes(wanted)) continue;
    const statuses = new Map<string, number>();
    for (const { status } of ctx.by('subscription', 'customer', customer.id)) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
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
  <DashboardPage title="Customers" section="/" ctx={ctx}>
    {search === '' && <Experiments ctx={ctx} />}
    <form class="search" method="get" action="/">
      <WorldFields ctx={ctx} />
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
            {[...statuses].map(([status, count]) => (
              <span key={status}>
                {count > 1 && `${count} × `}
                <State value={status} />
              </span>
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
