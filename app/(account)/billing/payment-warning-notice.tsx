import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import { updateCard } from './actions';
import type { PaymentWarning } from './payment-warning';

/** A {@link PaymentWarning} with the button that helps. */
export function PaymentWarningNotice({ warning }: { warning: PaymentWarning }) {
  return (
    <Notice kind="problem" title={warning.title} detail={warning.detail}>
      <ActionButton action={updateCard} pendingText="Opening billing" variant="secondary">
        Update card
      </ActionButton>
    </Notice>
  );
}
