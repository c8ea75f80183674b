import type { ButtonVariant } from './button-class';
import { SubmitButton } from './submit-button';

/** A form with nothing but its button, for actions that need no input. */
export function ActionButton({
  action,
  pendingText,
  variant = 'primary',
  children,
}: {
  action: () => Promise<never>;
  pendingText: string;
  variant?: ButtonVariant;
  children: string;
}) {
  return (
    <form action={action}>
      <SubmitButton pendingText={pendingText} variant={variant}>
        {children}
      </SubmitButton>
    </form>
  );
}
