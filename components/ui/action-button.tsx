import type { Weight } from './button-class';
import { SubmitButton } from './submit-button';

/** A form that is only its button: for actions that need nothing from the person but the press. */
export function ActionButton({
  action,
  busy,
  weight = 'primary',
  children,
}: {
  action: () => Promise<never>;
  busy: string;
  weight?: Weight;
  children: string;
}) {
  return (
    <form action={action}>
      <SubmitButton busy={busy} weight={weight}>
        {children}
      </SubmitButton>
    </form>
  );
}
