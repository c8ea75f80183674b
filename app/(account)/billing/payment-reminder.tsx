import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import type { SubscriptionView } from '@/lib/billing/subscription';
import { updateCard } from './actions';

/** What is owed, and the way to settle it; nothing for a subscription in good standing. */
export function PaymentReminder({ status }: { status: SubscriptionView['status'] }) {
  const reminder = reminders[status];
  if (!reminder) return null;
  return (
    <Notice kind="problem" title={reminder.title} detail={reminder.detail}>
      <ActionButton action={updateCard} busy="Opening billing" weight="quiet">
        Update your card
      </ActionButton>
    </Notice>
  );
}

const reminders: Partial<Record<SubscriptionView['status'], { title: string; detail: string }>> = {
  past_due: {
    title: 'Your last payment did not go through',
    detail: 'We will try again over the next days, and your plan stays open meanwhile.',
  },
  unpaid: {
    title: 'Your plan is on hold',
    detail: 'An invoice is still open. Pay it, and the plan continues where it stopped.',
  },
  incomplete: {
    title: 'Your first payment is not complete',
    detail: 'Your plan starts as soon as it is. Your bank may be waiting for your consent.',
  },
};
