import type { FC } from 'hono/jsx';
import { fieldId } from './field';

interface SelectFieldProps {
  label: string;
  name: string;
  /** Tells it apart from fields of the same name in other forms of the page. */
  scope?: string;
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
  scope,
  value,
  options,
  none,
  autocomplete,
  error,
}) => {
  const id = fieldId(name, scope);
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
