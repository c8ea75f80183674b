'use client';

import { useFormStatus } from 'react-dom';
import { type ButtonVariant, buttonClass } from './button-class';

/**
 * The button that submits its form. While the form is being sent it keeps its text and the focus,
 * ignores further clicks, and announces `pendingText` to screen readers.
 *
 * @param pendingText for example `Opening billing`
 * @param describedBy the id of what this button is about, for pages where several have the same text
 */
export function SubmitButton({
  pendingText,
  variant = 'primary',
  describedBy,
  children,
}: {
  pendingText: string;
  variant?: ButtonVariant;
  describedBy?: string;
  children: string;
}) {
  const { pending } = useFormStatus();
  return (
    <>
      <button
        type="submit"
        className={buttonClass(variant)}
        aria-disabled={pending || undefined}
        aria-describedby={describedBy}
        onClick={(event) => pending && event.preventDefault()}
      >
        {children}
      </button>
      <span role="status" className="visually-hidden">
        {pending ? pendingText : ''}
      </span>
    </>
  );
}
