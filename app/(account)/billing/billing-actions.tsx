import { ActionButton } from '@/components/ui/action-button';
import type { BillingOverview } from '@/lib/billing/overview';
import { isLive, isOngoing } from '@/lib/billing/subscription-status';
import { cancelPlan, changeBillingDetails, changePlan, pausePlan, updateCard } from './actions';

/**
 * The buttons that open one flow of the portal each.
 *
 * @param withCard false when the page has an "Update card" button elsewhere
 */
export function BillingActions({
  subscription,
  withCard,
}: Pick<BillingOverview, 'subscription'> & { withCard: boolean }) {
  const actions = [
    ...(subscription && isOngoing(subscription.status) ? planActions(subscription) : []),
    ...(withCard ? [{ action: updateCard, label: 'Update card' }] : []),
    { action: changeBillingDetails, label: 'Billing details' },
  ];
  return (
    <div className="row">
      {actions.map(({ action, label }) => (
        <ActionButton key={label} action={action} pendingText="Opening billing" variant="secondary">
          {label}
        </ActionButton>
      ))}
    </div>
  );
}

function planActions({ status, endsAt }: NonNullable<BillingOverview['subscription']>) {
  const change = { action: changePlan, label: 'Change plan' };
  if (endsAt) return [change];
  return [
    change,
    ...(isLive(status) ? [{ action: pausePlan, label: 'Pause plan' }] : []),
    { action: cancelPlan, label: 'Cancel plan' },
  ];
}
