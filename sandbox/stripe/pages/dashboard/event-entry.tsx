/** @jsxImportSource hono/jsx */
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
        <section class="stack-tight">
          <h3>Before</h3>
          <JsonView value={previous} label="Previous attributes" />
        </section>
      )}
      <section class="stack-tight">
        <h3>Event</h3>
        <JsonView value={event} label="Event" />
      </section>
      {deliveries.map((delivery) => (
        <section key={delivery.id} class="stack-tight">
          <h3>Delivery</h3>
          <DeliveryFacts delivery={delivery} />
        </section>
      ))}
      <ResendForm event={event.id} />
    </Entry>
  );
};
