import type { FC } from 'hono/jsx';

export interface FieldProps {
  label: string;
  name: string;
  /** Tells it apart from fields of the same name in other forms of the page. */
  scope?: string;
  value?: string | null;
  error?: string | undefined;
  hint?: string;
  type?: 'text' | 'email' | 'tel' | 'number' | 'search' | 'datetime-local';
  autocomplete?: string;
  inputmode?: 'numeric' | 'decimal';
  placeholder?: string;
  required?: boolean;
  readonly?: boolean;
  maxlength?: number;
  min?: number;
  max?: number;
  /** How the script formats it while it is typed. */
  format?: 'card' | 'expiry';
}

/** A labelled field with its hint and error, tied together for those who cannot see the layout. */
export const Field: FC<FieldProps> = ({
  label,
  name,
  scope,
  value,
  error,
  hint,
  format,
  ...input
}) => {
  const id = fieldId(name, scope);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        class="input"
        id={id}
        name={name}
        value={value ?? undefined}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
        data-format={format}
        {...input}
        type={input.type ?? 'text'}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
};

/** The id by which label, hint and error belong to a field. */
export function fieldId(name: string, scope = ''): string {
  return `field-${scope}${scope && '-'}${name}`.replace(/[^\w-]/g, '-');
}
