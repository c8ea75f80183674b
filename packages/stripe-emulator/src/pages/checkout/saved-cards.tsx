import type { FC } from 'hono/jsx';
import { methodExpiry, methodTitle } from '../shared/wording';
import type { Order } from './order';

/** Cards the customer has already; choosing one puts the fields of a new one away. */
export const SavedCards: FC<{ order: Order; chosen?: string }> = ({ order, chosen }) => (
  <fieldset class="stack">
    <legend class="legend">Pay with</legend>
    {order.savedCards.map((method, index) => (
      <label key={method.id} class="choice">
        <input
          type="radio"
          name="payment_method"
          value={method.id}
          checked={chosen ? chosen === method.id : index === 0}
        />
        <span class="row between">
          <span>{methodTitle(method)}</span>
          <span class="muted small">{methodExpiry(method)}</span>
        </span>
      </label>
    ))}
    <label class="choice">
      <input type="radio" name="payment_method" value="new" checked={chosen === 'new'} />
      <span>Another card</span>
    </label>
  </fieldset>
);
