import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { product } from '@/lib/product';
import { words } from '@/lib/reader';
import { resumePlan, updateCard } from './actions';

/** The button for what helps in a circumstance, or is the obvious next step. */
export async function CircumstanceAction({ state }: { state: CircumstanceName }) {
  const { actions, billing: t } = await words();
  switch (circumstances[state].action) {
    case 'update_card':
      return (
        <ActionButton action={updateCard} pendingText={t.opening} variant="secondary">
          {actions.update_card}
        </ActionButton>
      );
    case 'resume':
      return (
        <div className="row">
          {state === 'trial_paused' ? (
            <ActionButton action={updateCard} pendingText={t.opening}>
              {actions.update_card}
            </ActionButton>
          ) : null}
          <ActionButton action={resumePlan} pendingText={t.resuming} variant="secondary">
            {actions.resume}
          </ActionButton>
        </div>
      );
    case 'subscribe':
      return (
        <ButtonLink
          href="/pricing"
          variant={state === 'never_subscribed' ? 'primary' : 'secondary'}
        >
          {actions.subscribe}
        </ButtonLink>
      );
    case 'contact':
      return <a href={`mailto:${product.supportEmail}`}>{actions.contact}</a>;
    default:
      return null;
  }
}
