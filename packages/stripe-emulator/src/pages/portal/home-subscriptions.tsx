import type { FC } from 'hono/jsx';
import type { SubscriptionView } from './subscription-view';

export const SubscriptionBlock: FC<{ base: string; subscription: SubscriptionView }> = ({
  base,
  subscription,
}) => {
  const { can, openInvoice, status } = subscription;
  const path = `${base}/subscriptions/${subscription.id}`;
  return (
    <article class="stack">
      {subscription.items.map((item, index) => (
        <div key={item.id} class="stack-tight">
          <p class="row">
            <span class="plan-name">{item.name}</span>
            {index === 0 && status && <span class={`pill ${status.tone}`}>{status.text}</span>}
          </p>
          <p class="plan-price">{item.price}</p>
        </div>
      ))}
      <div class="stack-tight">
        {subscription.discounts.map((discount) => (
          <p key={discount}>{discount}</p>
        ))}
        {subscription.sentences.map((sentence) => (
          <p key={sentence} class="muted">
            {sentence}
          </p>
        ))}
      </div>
      <div class="actions">
        {openInvoice && (
          <a class="button primary" href={openInvoice.url}>
            Pay {openInvoice.amount}
          </a>
        )}
        {can.update && (
          <a class="button primary" href={`${path}/update`}>
            Update subscription
          </a>
        )}
        {can.keep && (
          <form method="post" action={`${path}/keep`}>
            <button class="button" type="submit">
              Keep current plan
            </button>
          </form>
        )}
        {can.renew && (
          <a class="button primary" href={`${path}/renew`}>
            Don't cancel subscription
          </a>
        )}
        {can.resume && (
          <form method="post" action={`${path}/resume`}>
            <button class="button primary" type="submit">
              Resume subscription
            </button>
          </form>
        )}
        {can.pause && (
          <a class="button" href={`${path}/pause`}>
            Pause subscription
          </a>
        )}
        {can.cancel && (
          <a class="button" href={`${path}/cancel`}>
            Cancel subscription
          </a>
        )}
      </div>
    </article>
  );
};
