import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Delivery } from '../../core/delivery';
import { Entry, State } from './entry';
import { JsonView } from './json-view';
import { realText } from './times';

/** One event on its way to one endpoint, with each try and its answer. */
export const DeliveryEntry: FC<{ ctx: Context; delivery: Delivery }> = ({ ctx, delivery }) => {
  const event = ctx.find('event', delivery.event);
  const { attempts } = delivery;
  return (
    <Entry
      head={
        <>
          <span class="grow">
            <strong>{delivery.event_type}</strong> <span class="muted">{delivery.url}</span>
          </span>
          <span class="muted small">
            {attempts.length === 1 ? '1 try' : `${attempts.length} tries`}
          </span>
          {attempts.length > 0 && <State value={attempts.at(-1)?.status ?? null} />}
          <State value={delivery.state} />
          <span class="time">{realText(delivery.created).slice(0, 19)}</span>
        </>
      }
    >
      <DeliveryFacts delivery={delivery} />
      <ResendForm event={delivery.event} />
      {event && (
        <div class="stack-tight">
          <p class="legend">Body</p>
          <JsonView value={event} />
        </div>
      )}
    </Entry>
  );
};

export const DeliveryFacts: FC<{ delivery: Delivery }> = ({ delivery }) => (
  <div class="stack-tight">
    <p>
      <State value={delivery.state} /> <span class="muted">{delivery.url}</span>
    </p>
    {delivery.attempts.map((attempt, index) => (
      <p key={attempt.at}>
        {index + 1}. <span class="muted">{realText(attempt.at)}</span>{' '}
        <State value={attempt.status} /> <span class="muted">in {attempt.milliseconds} ms</span>{' '}
        <code>{attempt.reply.slice(0, 300)}</code>
      </p>
    ))}
    {delivery.next_attempt !== null && delivery.state === 'pending' && (
      <p class="muted">Next try {realText(delivery.next_attempt)}</p>
    )}
  </div>
);

export const ResendForm: FC<{ event: string }> = ({ event }) => (
  <form method="post" action={`/deliveries/${event}/resend`}>
    <button class="button" type="submit">
      Resend
    </button>
  </form>
);
