import type { ComponentProps } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';

type Row = {
  action: (form: FormData) => Promise<never>;
  name: string;
  value: string;
  also?: Readonly<Record<string, string>>;
} & Pick<ComponentProps<typeof SubmitButton>, 'pendingText' | 'describedBy' | 'children'>;

/**
 * A button in a line of a list, for what the line is about.
 *
 * @param name of the field that identifies it
 * @param also more fields
 */
export function RowButton({ action, name, value, also = {}, ...button }: Row) {
  return (
    <form action={action}>
      {Object.entries({ ...also, [name]: value }).map(([key, text]) => (
        <input key={key} type="hidden" name={key} value={text} />
      ))}
      <SubmitButton {...button} variant="secondary" />
    </form>
  );
}
