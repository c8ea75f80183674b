import type { FC } from 'hono/jsx';
import { CardFields } from '../shared/card-fields';
import type { CardErrors, CardKept } from '../shared/card-input';
import { Field } from '../shared/field';
import { HostedPage } from '../shared/hosted-page';
import { Notice } from '../shared/notice';
import { TestCardsNote } from '../shared/test-cards-note';
import { choiceQuery, type Order } from './order';
import { OrderChanges } from './order-changes';
import { OrderSummary } from './order-summary';
import { PayerFields, type PayerTrial } from './payer-fields';
import { SavedCards } from './saved-cards';

/** What went wrong with a try to pay, and what was typed that may be shown again. */
export interface CheckoutTrial extends PayerTrial {
  problem?: string;
  errors?: CardErrors;
  email?: string;
  /** The payment method that was chosen; `new` for the one that was typed. */
  method?: string;
  kept?: CardKept;
}

export const CheckoutPage: FC<{ order: Order; attempt?: CheckoutTrial }> = ({
  order,
  attempt = {},
}) => {
  const { session, savedCards, needsCard } = order;
  const path = `/c/pay/${session.id}`;
  return (
    <HostedPage
      title={`${order.business} · Checkout`}
      layout="checkout"
      side={
        <>
          <OrderSummary order={order} />
          <OrderChanges order={order} path={path} />
        </>
      }
    >
      <form class="stack" method="post" action={`${path}${choiceQuery(order.choice)}`}>
        {attempt.problem && <Notice tone="bad">{attempt.problem}</Notice>}
        <EmailField order={order} attempt={attempt} />
        {needsCard && savedCards.length > 0 && <SavedCards order={order} chosen={attempt.method} />}
        {needsCard && (
          <div class="new-card">
            <h2>Payment method</h2>
            <CardFields
              kept={attempt.kept}
              errors={attempt.errors}
              required={savedCards.length === 0}
            />
            <TestCardsNote />
          </div>
        )}
        <PayerFields order={order} attempt={attempt} />
        {session.custom_text.submit && <p>{session.custom_text.submit.message}</p>}
        <button class="button primary wide" type="submit">
          {buttonText(order)}
        </button>
        {needsCard && session.mode !== 'payment' && (
          <p class="muted small">
            By confirming, you let {order.business} charge you for future payments
            {session.mode === 'subscription' && ' until you cancel'}.
          </p>
        )}
      </form>
    </HostedPage>
  );
};

const EmailField: FC<{ order: Order; attempt: CheckoutTrial }> = ({ order, attempt }) => {
  const known = order.customer?.email ?? order.session.customer_email;
  return (
    <Field
      label="Email"
      name="email"
      type="email"
      autocomplete="email"
      required
      maxlength={512}
      readonly={Boolean(known)}
      value={known ?? attempt.email}
      error={attempt.payerErrors?.email}
    />
  );
};

function buttonText({ session, trialDays }: Order): string {
  if (trialDays !== null) return 'Start trial';
  return BUTTONS.get(session.submit_type ?? '') ?? BUTTONS.get(session.mode) ?? 'Continue';
}

/** What the button says, by the session's `submit_type`, else by its mode. */
const BUTTONS: ReadonlyMap<string, string> = new Map([
  ['book', 'Book'],
  ['donate', 'Donate'],
  ['pay', 'Pay'],
  ['payment', 'Pay'],
  ['setup', 'Save card'],
  ['subscribe', 'Subscribe'],
  ['subscription', 'Subscribe'],
]);
