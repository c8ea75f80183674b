import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { StoredEvent } from '../../core/event';
import { DeliveryFacts, ResendForm } from './delivery-entry';
import { Entry, State } from './entry';
import { JsonView } from './json-view';
import { clockText } from './times';

/** An event: what happened to what, what was different before, and whom it was delivered to. */
export const EventEntry: FC<{ ctx: Context; event: StoredEvent; open?: boolean }> = ({
  ctx,
  event,
  open,
}) => {
  const deliveries = [...ctx.by('_delivery', 'event', event.id)];
  const { object, previous_attributes: previous } = event.data;
  return (
    <Entry
      open={open}
      head={
        <>
          <strong class="grow">{event.type}</strong>
          {deliveries.map((delivery) => (
            <State key={delivery.id} value={delivery.state} />
          ))}
          <code class="muted">{'id' in object ? String(object.id) : ''}</code>
          <span class="time">{clockText(event.created)}</span>
        </>
      }
    >
      {previous && (
        <div class="stack-tight">
          <p class="legend">Before</p>
          <JsonView value={previous} />
        </div>
      )}
      <div class="stack-tight">
        <p class="legend">Event</p>
        <JsonView value={event} />
      </div>
      {deliveries.map((delivery) => (
        <div key={delivery.id} class="stack-tight">
          <p class="legend">Delivery</p>
          <DeliveryFacts delivery={delivery} />
        </div>
      ))}
      <ResendForm event={event.id} />
    </Entry>
  );
};
