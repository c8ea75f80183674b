import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import { updateCard } from './actions';
import type { Reminder } from './reminder';

/** What stands in the way of the next payment, and the way to settle it. */
export function PaymentReminder({ reminder }: { reminder: Reminder }) {
  return (
    <Notice kind="problem" title={reminder.title} detail={reminder.detail}>
      <ActionButton action={updateCard} busy="Opening billing" weight="quiet">
        Update card
      </ActionButton>
    </Notice>
  );
}
