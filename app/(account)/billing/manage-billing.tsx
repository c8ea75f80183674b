import type { Weight } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { manageBilling } from './actions';

/** The form that leads to the signed-in user's Stripe Billing Portal, under any words. */
export function ManageBilling({
  weight = 'primary',
  children = 'Manage billing',
}: {
  weight?: Weight;
  children?: string;
}) {
  return (
    <form action={manageBilling}>
      <SubmitButton busy="Opening billing" weight={weight}>
        {children}
      </SubmitButton>
    </form>
  );
}
