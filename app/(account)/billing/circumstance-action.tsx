import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { actionLabels, type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { product } from '@/lib/product';
import { updateCard } from './actions';
import { resumePlan } from './payment-actions';

/** The button for what helps in a circumstance, or is the obvious next step. */
export function CircumstanceAction({ state }: { state: CircumstanceName }) {
  switch (circumstances[state].action) {
    case 'pay':
    case 'update_card':
      return (
        <ActionButton action={updateCard} pendingText="Opening billing" variant="secondary">
          {actionLabels.update_card}
        </ActionButton>
      );
    case 'resume':
      return (
        <ActionButton action={resumePlan} pendingText="Resuming" variant="secondary">
          {actionLabels.resume}
        </ActionButton>
      );
    case 'subscribe':
      return (
        <ButtonLink
          href="/pricing"
          variant={state === 'never_subscribed' ? 'primary' : 'secondary'}
        >
          {actionLabels.subscribe}
        </ButtonLink>
      );
    case 'contact':
      return <a href={`mailto:${product.supportEmail}`}>{actionLabels.contact}</a>;
    default:
      return null;
  }
}
