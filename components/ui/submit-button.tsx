'use client';

import { useFormStatus } from 'react-dom';
import { buttonClass, type Weight } from './button-class';

/**
 * The button that sends its form. While the form is on its way it keeps its words and the focus,
 * takes no second press, and tells those who hear the page what is going on.
 *
 * @param busy what is said meanwhile, for example `Opening billing`
 * @param describedBy the id of what this button is about, where several say the same
 */
export function SubmitButton({
  busy,
  weight = 'primary',
  describedBy,
  children,
}: {
  busy: string;
  weight?: Weight;
  describedBy?: string;
  children: string;
}) {
  const { pending } = useFormStatus();
  return (
    <>
      <button
        type="submit"
        className={buttonClass(weight)}
        aria-disabled={pending || undefined}
        aria-describedby={describedBy}
        onClick={(event) => pending && event.preventDefault()}
      >
        {children}
      </button>
      <span role="status" className="visually-hidden">
        {pending ? busy : ''}
      </span>
    </>
  );
}
