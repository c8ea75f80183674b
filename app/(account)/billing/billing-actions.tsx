import { ActionButton } from '@/components/ui/action-button';
import { type BillingOverview, isLive, isOngoing } from '@/lib/billing/subscription';
import { cancelPlan, changeBillingDetails, changePlan, pausePlan, updateCard } from './actions';

/**
 * What can be changed about a plan and its payment, each straight to its page at Stripe.
 *
 * @param withCard false where the page offers the card elsewhere already
 */
export function BillingActions({
  subscription,
  withCard,
}: Pick<BillingOverview, 'subscription'> & { withCard: boolean }) {
  const actions = [
    ...(subscription && isOngoing(subscription.status) ? planActions(subscription) : []),
    ...(withCard ? [{ action: updateCard, words: 'Update card' }] : []),
    { action: changeBillingDetails, words: 'Billing details' },
  ];
  return (
    <div className="row">
      {actions.map(({ action, words }) => (
        <ActionButton key={words} action={action} busy="Opening billing" weight="quiet">
          {words}
        </ActionButton>
      ))}
    </div>
  );
}

function planActions({ status, endsAt }: NonNullable<BillingOverview['subscription']>) {
  const change = { action: changePlan, words: 'Change plan' };
  if (endsAt) return [change];
  return [
    change,
    ...(isLive(status) ? [{ action: pausePlan, words: 'Pause plan' }] : []),
    { action: cancelPlan, words: 'Cancel plan' },
  ];
}
