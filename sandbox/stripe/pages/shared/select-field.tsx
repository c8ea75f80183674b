/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';

interface SelectFieldProps {
  label: string;
  name: string;
  value?: string | undefined;
  options: readonly (readonly [value: string, text: string])[];
  /** What the empty choice is called; without it there is none. */
  none?: string;
  autocomplete?: string;
  error?: string | undefined;
}

/** A labelled choice of one of many. */
export const SelectField: FC<SelectFieldProps> = ({
  label,
  name,
  value,
  options,
  none,
  autocomplete,
  error,
}) => {
  const id = `field-${name.replace(/\W/g, '-')}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        class="input"
        id={id}
        name={name}
        autocomplete={autocomplete}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
};
