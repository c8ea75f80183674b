/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { AddressFields } from '../shared/address-fields';
import { CardFields } from '../shared/card-fields';
import type { CardErrors, CardKept } from '../shared/card-input';
import { Field } from '../shared/field';
import { HostedPage } from '../shared/hosted-page';
import { Notice } from '../shared/notice';
import { TestCardsNote } from '../shared/test-cards-note';
import { methodExpiry, methodTitle } from '../shared/wording';
import { choiceQuery, type Order } from './order';
import { OrderSummary } from './order-summary';
import { asksFor, type PayerErrors } from './payer';

/** What went wrong with a try to pay, and what was typed that may be shown again. */
export interface CheckoutTrial {
  problem?: string;
  errors?: CardErrors;
  payerErrors?: PayerErrors;
  email?: string;
  payer?: Record<string, string>;
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
        {needsCard && savedCards.length > 0 && <SavedCards order={order} />}
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
        {needsCard && (
          <p class="muted small">
            By confirming, you let {order.business} charge you for future payments until you cancel.
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

/** What else the session asks of the one who pays. */
const PayerFields: FC<{ order: Order; attempt: CheckoutTrial }> = ({ order, attempt }) => {
  const asked = asksFor(order);
  const { payer: values = {}, payerErrors: errors = {} } = attempt;
  return (
    <>
      {asked.phone && (
        <Field
          label="Phone number"
          name="phone"
          type="tel"
          autocomplete="tel"
          maxlength={20}
          required
          value={values.phone}
          error={errors.phone}
        />
      )}
      {asked.address && (
        <AddressFields
          legend="Billing address"
          prefix="address"
          values={values}
          errors={errors}
          required
        />
      )}
      {asked.terms && (
        <label class="check">
          <input type="checkbox" name="terms" value="accepted" required />
          <span>
            {order.session.custom_text.terms_of_service_acceptance?.message ??
              `I agree to ${order.business}’s terms of service.`}
            {errors.terms && <span class="error"> {errors.terms}</span>}
          </span>
        </label>
      )}
    </>
  );
};

const SavedCards: FC<{ order: Order }> = ({ order }) => (
  <fieldset class="stack">
    <legend class="legend">Pay with</legend>
    {order.savedCards.map((method, index) => (
      <label key={method.id} class="choice">
        <input type="radio" name="payment_method" value={method.id} checked={index === 0} />
        <span class="row between">
          <span>{methodTitle(method)}</span>
          <span class="muted small">{methodExpiry(method)}</span>
        </span>
      </label>
    ))}
    <label class="choice">
      <input type="radio" name="payment_method" value="new" />
      <span>Another card</span>
    </label>
  </fieldset>
);

/** Quantities and a promotion code, each sent by itself; the answer is the page with new sums. */
const OrderChanges: FC<{ order: Order; path: string }> = ({ order, path }) => {
  const { choice, problem, quote, session } = order;
  const adjustable = quote.lineItems.filter((line) => line.adjustable_quantity?.enabled);
  const takesCode = session.allow_promotion_codes === true;
  if (adjustable.length === 0 && !takesCode) return null;
  return (
    <form class="stack" method="get" action={path}>
      {adjustable.map((line) => (
        <Field
          key={line.id}
          label={adjustable.length > 1 ? `Quantity of ${line.description}` : 'Quantity'}
          name={`quantity.${line.id}`}
          type="number"
          min={line.adjustable_quantity?.minimum ?? 0}
          max={line.adjustable_quantity?.maximum ?? 99}
          value={String(line.quantity ?? 1)}
        />
      ))}
      {takesCode && (
        <Field
          label="Promotion code"
          name="code"
          value={choice.code}
          autocomplete="off"
          error={problem}
        />
      )}
      {!takesCode && problem && <Notice tone="bad">{problem}</Notice>}
      <div>
        <button class="button" type="submit">
          Apply
        </button>
      </div>
    </form>
  );
};

function buttonText({ session, trialDays }: Order): string {
  if (trialDays !== null) return 'Start trial';
  return session.mode === 'payment' ? 'Pay' : 'Subscribe';
}
