import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { TableName } from '../../core/tables';
import { DashboardPage } from './dashboard-page';
import { Panel } from './entry';
import { EventEntry } from './event-entry';
import { JsonView } from './json-view';
import { eventsAbout } from './recent-events';

/** Any object by its id, whatever its kind; the emulator's own rows are not shown. */
export function findObject(ctx: Context, id: string): object | undefined {
  for (const name of Object.keys(ctx.world)) {
    if (name.startsWith('_') || !isTable(ctx, name)) continue;
    const found = ctx.find(name, id);
    if (found) return found;
  }
  return ctx.find('_deleted', id);
}

export const ObjectPage: FC<{ ctx: Context; id: string; object: object }> = ({
  ctx,
  id,
  object,
}) => {
  const event = ctx.find('event', id);
  if (event) {
    return (
      <DashboardPage title={event.type} section="/events" ctx={ctx} live>
        <div class="panel">
          <EventEntry ctx={ctx} event={event} open />
        </div>
      </DashboardPage>
    );
  }
  const events = eventsAbout(ctx, id);
  return (
    <DashboardPage title={id} section="/" ctx={ctx} live>
      <JsonView value={object} />
      <h2>Events</h2>
      <Panel count={events.length} empty="No recent event is about it.">
        {events.map((event) => (
          <EventEntry key={event.id} ctx={ctx} event={event} />
        ))}
      </Panel>
    </DashboardPage>
  );
};

function isTable(ctx: Context, name: string): name is TableName {
  return Object.hasOwn(ctx.world, name);
}
