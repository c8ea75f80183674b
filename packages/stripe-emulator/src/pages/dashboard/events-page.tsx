import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { StoredEvent } from '../../core/event';
import { DashboardPage, WorldFields } from './dashboard-page';
import { Panel } from './entry';
import { EventEntry } from './event-entry';

const SHOWN = 50;
const SEARCHED = 10_000;

/** The newest events whose type or object has `search` in it. */
export const EventsPage: FC<{ ctx: Context; search: string }> = ({ ctx, search }) => {
  const events = newest(ctx, search);
  return (
    <DashboardPage title="Events" section="/events" ctx={ctx} live>
      <form class="search" method="get" action="/events">
        <WorldFields ctx={ctx} />
        <input
          class="input"
          type="search"
          name="q"
          value={search}
          aria-label="Filter by type or object"
          placeholder="customer.subscription or an id"
        />
        <button class="button" type="submit">
          Filter
        </button>
      </form>
      <Panel count={events.length} empty="Nothing has happened yet.">
        {events.map((event) => (
          <EventEntry key={event.id} ctx={ctx} event={event} />
        ))}
      </Panel>
    </DashboardPage>
  );
};

function newest(ctx: Context, search: string): StoredEvent[] {
  const found: StoredEvent[] = [];
  let searched = 0;
  for (const event of ctx.world.event.walk()) {
    if (++searched > SEARCHED || found.length === SHOWN) break;
    const { object } = event.data;
    const text = `${event.type} ${event.id} ${'id' in object ? object.id : ''}`;
    if (text.includes(search)) found.push(event);
  }
  return found;
}
