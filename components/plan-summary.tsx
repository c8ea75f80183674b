import type { DiscountView, NextPayment } from '@/lib/billing/next-payment';
import type { BillingOverview, OwedView, SubscriptionView } from '@/lib/billing/overview';
import { shownTax, words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import { planContents } from './plan-contents';
import styles from './plan-summary.module.css';
import { Price } from './price';
import { SubscriptionStatus } from './subscription-status';
import { type DescriptionItem, DescriptionList } from './ui/description-list';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

type Overview = Pick<BillingOverview, 'plan' | 'subscription' | 'card' | 'owed'>;
type Texts = Words['summary'];

/** The plan at a glance: its status, its price, what happens next, and the card. */
export async function PlanSummary({ overview }: { overview: Overview }) {
  const all = await words();
  const t = all.summary;
  const { plan, subscription, card, owed } = overview;
  const isOther = subscription && subscription.plan !== plan;
  return (
    <div className={styles.summary}>
      <div className={styles.head}>
        <p className={styles.plan}>{(subscription ?? plan).title}</p>
        {subscription ? <SubscriptionStatus {...subscription} /> : null}
      </div>
      <DescriptionList
        items={[
          ...(subscription ? subscriptionItems(subscription, owed, t) : []),
          { name: t.card, value: card ? cardOf(card, t) : t.noCard },
          {
            name: isOther ? t.planIncludes(plan.title) : t.includes,
            value: planContents(plan, all).join(' · '),
          },
        ]}
      />
    </div>
  );
}

/** Only the rows that apply to this subscription. */
function subscriptionItems(
  subscription: SubscriptionView,
  owed: OwedView | null,
  t: Texts,
): DescriptionItem[] {
  const { discounts, nextPayment, paymentsPaused, nextChange, currency } = subscription;
  const term = termOf(subscription, t);
  const items: (DescriptionItem | null | false)[] = [
    { name: t.price, value: <Price {...subscription} /> },
    discounts.length > 0 && {
      name: t.discount,
      value: discounts.map((discount) => <div key={discount.id}>{discountOf(discount, t)}</div>),
    },
    term && { name: t.term, value: term },
    paymentsPaused && {
      name: t.payments,
      value: paymentsPaused.until
        ? t.pausedUntil(<FormattedDate date={paymentsPaused.until} />)
        : t.paused,
    },
    owed && { name: t.dueNow, value: <Money amount={owed.amount} currency={currency} exact /> },
    // Beside an open amount it would read as if that were all.
    !owed && nextPayment && { name: t.nextPayment, value: paymentOf(nextPayment, currency, t) },
    nextChange && { name: t.nextChange, value: changeOf(nextChange, currency, t) },
  ];
  return items.filter((item) => item !== null && item !== false);
}

function cardOf({ brand, last4, expMonth, expYear }: NonNullable<Overview['card']>, t: Texts) {
  return (
    <>
      {t.cardIs(<span className={styles.brand}>{brand}</span>, last4)}
      <span className="soft">{t.expires(String(expMonth).padStart(2, '0'), expYear)}</span>
    </>
  );
}

/** When the subscription or its trial ends, when it ended, or since when it is paused. */
function termOf({ pausedAt, endsAt, endedAt, trialEndsAt }: SubscriptionView, t: Texts) {
  if (endedAt) return t.endedOn(<FormattedDate date={endedAt} />);
  if (pausedAt) return t.pausedSince(<FormattedDate date={pausedAt} />);
  if (endsAt) return t.endsOn(<FormattedDate date={endsAt} />);
  if (trialEndsAt) return t.trialEndsOn(<FormattedDate date={trialEndsAt} />);
  return null;
}

async function paymentOf({ amount, at }: NextPayment, currency: string, t: Texts) {
  const date = <FormattedDate date={at} />;
  if (amount === null) return date;
  return (
    <>
      {t.amountOn(<Money amount={amount} currency={currency} exact />, date)}
      <span className="soft">
        {(await shownTax()) === 'inclusive' ? t.beforeCredits : t.beforeTaxAndCredits}
      </span>
    </>
  );
}

function discountOf({ percentOff, amountOff, currency, endsAt }: DiscountView, t: Texts) {
  return (
    <>
      {percentOff === null ? null : t.percentOff(percentOff)}
      {amountOff === null || currency === null
        ? null
        : t.amountOff(<Money amount={amountOff} currency={currency} />)}
      {endsAt ? t.until(<FormattedDate date={endsAt} />) : null}
    </>
  );
}

/** What the plan becomes, and when. */
function changeOf(change: NonNullable<SubscriptionView['nextChange']>, currency: string, t: Texts) {
  const { kind, title, at, payUrl } = change;
  const what = (
    <>
      {title ?? t.customPlan}, <Price {...change} currency={currency} />
    </>
  );
  if (kind === 'scheduled') return t.fromThen(what, <FormattedDate date={at} />);
  return (
    <>
      {t.oncePaid(what, <FormattedDate date={at} as="moment" />)}{' '}
      {payUrl ? <a href={payUrl}>{t.completePayment}</a> : null}
    </>
  );
}
