import type { ComponentProps } from 'react';
import styles from './field.module.css';

type Described = { label: string; hint?: string; name: string };

/** A text input with its label and, below it, a hint. */
export function Field({
  label,
  hint,
  ...input
}: Described & Omit<ComponentProps<'input'>, 'name' | 'id'>) {
  const id = `field-${input.name}`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={styles.input}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
}

/** The same for a text of several lines. */
export function LongField({
  label,
  hint,
  ...area
}: Described & Omit<ComponentProps<'textarea'>, 'name' | 'id'>) {
  const id = `field-${area.name}`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        {...area}
        id={id}
        className={styles.input}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
}

function Hint({ id, hint }: { id: string; hint?: string }) {
  return hint ? (
    <p id={`${id}-hint`} className="soft small">
      {hint}
    </p>
  ) : null;
}
