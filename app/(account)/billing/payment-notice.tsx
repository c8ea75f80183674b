import { ActionButton } from '@/components/ui/action-button';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import type { BillingOverview, OwedView } from '@/lib/billing/overview';
import { awaitsApproval, declineReason } from '@/lib/billing/payment-failure';
import { words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import { payNow, updateCard } from './actions';

type Owing = { owed: OwedView } & Pick<BillingOverview, 'card'>;

/** What is open, why, and when it is tried again: with the button that pays it. */
export async function PaymentNotice({ owed, card }: Owing) {
  const { billing: t, circumstances, actions } = await words();
  const { state, amount, currency, nextAttemptAt } = owed;
  const { title, detail } = circumstances[state];
  const isLeft = state === 'past_due' && !nextAttemptAt;
  return (
    <Notice
      kind="problem"
      title={title}
      detail={
        <>
          {t.isOpen(<Money amount={amount} currency={currency} exact />)} {reasonOf(owed, card, t)}{' '}
          {isLeft ? t.lastAttempt : detail}{' '}
          {nextAttemptAt ? t.nextAttempt(<FormattedDate date={nextAttemptAt} />) : null}
        </>
      }
    >
      <div className="row">
        <ActionButton action={payNow} pendingText={t.openingInvoice}>
          {actions.pay}
        </ActionButton>
        <ActionButton action={updateCard} pendingText={t.opening} variant="secondary">
          {actions.update_card}
        </ActionButton>
      </div>
    </Notice>
  );
}

function reasonOf({ failure }: OwedView, card: Owing['card'], t: Words['billing']): string {
  if (!failure) return card ? '' : t.noCardOnFile;
  if (awaitsApproval(failure)) return t.awaitsApproval;
  const { brand, last4, code } = failure;
  const name = brand && last4 ? t.cardEnding(brand.toUpperCase(), last4) : null;
  return `${t.declined(name)} ${t.declines[declineReason(code)]}`;
}
