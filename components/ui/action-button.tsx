import type { ComponentProps } from 'react';
import { SubmitButton } from './submit-button';

type Action = { action: () => Promise<never> } & ComponentProps<typeof SubmitButton>;

/** A form with nothing but its button, for actions that need no input. */
export function ActionButton({ action, ...button }: Action) {
  return (
    <form action={action}>
      <SubmitButton {...button} />
    </form>
  );
}
