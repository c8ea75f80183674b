import type { ComponentProps } from 'react';
import styles from './field.module.css';

/** A text input with its label and, below it, a hint. */
export function Field({
  label,
  hint,
  ...input
}: { label: string; hint?: string; name: string } & Omit<ComponentProps<'input'>, 'name' | 'id'>) {
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
      {hint ? (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
