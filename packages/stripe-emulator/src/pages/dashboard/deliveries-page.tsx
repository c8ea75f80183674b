import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Delivery } from '../../core/delivery';
import { destinations } from '../../core/destinations';
import { DashboardPage, WorldFields } from './dashboard-page';
import { DeliveryEntry } from './delivery-entry';
import { Panel } from './entry';

const SHOWN = 50;

/** The newest deliveries, and where events go at all. */
export const DeliveriesPage: FC<{ ctx: Context; failedOnly: boolean }> = ({ ctx, failedOnly }) => {
  const endpoints = destinations(ctx);
  const deliveries = newest(ctx, failedOnly);
  return (
    <DashboardPage title="Deliveries" section="/deliveries" ctx={ctx} live>
      <Panel count={endpoints.length} empty="No endpoint wants events.">
        {endpoints.map((endpoint) => (
          <div key={endpoint.id} class="entry">
            <a class="entry-link" href={`/objects/${endpoint.id}`}>
              <strong class="grow">{endpoint.url}</strong>
              <span class="muted">{endpoint.isEnabled ? 'enabled' : 'disabled'}</span>
              <span class="muted">
                {endpoint.events.includes('*') ? 'every event' : endpoint.events.join(', ')}
              </span>
            </a>
          </div>
        ))}
      </Panel>
      <form class="row" method="get" action="/deliveries">
        <WorldFields ctx={ctx} />
        <label class="row">
          <input type="checkbox" name="failed" value="yes" checked={failedOnly} />
          Only what did not arrive
        </label>
        <button class="button" type="submit">
          Filter
        </button>
      </form>
      <Panel count={deliveries.length} empty="Nothing has been delivered yet.">
        {deliveries.map((delivery) => (
          <DeliveryEntry key={delivery.id} ctx={ctx} delivery={delivery} />
        ))}
      </Panel>
    </DashboardPage>
  );
};

function newest(ctx: Context, failedOnly: boolean): Delivery[] {
  const found: Delivery[] = [];
  for (const delivery of ctx.world._delivery.walk()) {
    if (failedOnly && delivery.state === 'succeeded') continue;
    found.push(delivery);
    if (found.length === SHOWN) break;
  }
  return found;
}
