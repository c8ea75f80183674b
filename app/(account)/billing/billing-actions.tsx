import { ActionButton } from '@/components/ui/action-button';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/overview';
import { isLive, isOngoing } from '@/lib/billing/subscription-status';
import {
  cancelPlan,
  changeBillingDetails,
  changePlan,
  keepPlan,
  pausePlan,
  updateCard,
} from './actions';

/**
 * The buttons of the current plan: "Keep plan", and one for each flow of the portal.
 *
 * @param withCard false when the page has an "Update card" button elsewhere
 */
export function BillingActions({
  subscription,
  withCard,
}: Pick<BillingOverview, 'subscription'> & { withCard: boolean }) {
  const actions: Action[] = [
    ...(subscription && isOngoing(subscription.status) ? planActions(subscription) : []),
    ...(withCard ? [{ action: updateCard, label: 'Update card' }] : []),
    { action: changeBillingDetails, label: 'Billing details' },
  ];
  return (
    <div className="row">
      {actions.map(({ action, label, pendingText = 'Opening billing' }) => (
        <ActionButton key={label} action={action} pendingText={pendingText} variant="secondary">
          {label}
        </ActionButton>
      ))}
    </div>
  );
}

type Action = { action: () => Promise<never>; label: string; pendingText?: string };

function planActions({ status, endsAt, nextChange }: SubscriptionView): Action[] {
  const change = { action: changePlan, label: 'Change plan' };
  const keep = { action: keepPlan, label: 'Keep plan', pendingText: 'Keeping your plan' };
  if (endsAt) return [keep, change];
  return [
    ...(nextChange ? [keep] : []),
    change,
    ...(isLive(status) ? [{ action: pausePlan, label: 'Pause plan' }] : []),
    { action: cancelPlan, label: 'Cancel plan' },
  ];
}
