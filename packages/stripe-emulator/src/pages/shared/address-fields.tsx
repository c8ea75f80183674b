import type { FC } from 'hono/jsx';
import { COUNTRIES } from './countries';
import { Field } from './field';
import { SelectField } from './select-field';

interface AddressFieldsProps {
  legend: string;
  /** What the names of the fields begin with, as in `address.line1`. */
  prefix: 'address' | 'shipping';
  values: Record<string, string>;
  errors: Record<string, string>;
  /** Whether it is somebody's in particular, so that their name is asked for. */
  named?: boolean;
  required?: boolean;
}

export const AddressFields: FC<AddressFieldsProps> = ({
  legend,
  prefix,
  values,
  errors,
  named,
  required,
}) => {
  const auto = (part: string) => `${prefix === 'shipping' ? 'shipping' : 'billing'} ${part}`;
  const field = (part: string) => ({
    name: `${prefix}.${part}`,
    value: values[`${prefix}.${part}`],
    error: errors[`${prefix}.${part}`],
  });
  return (
    <fieldset class="stack">
      <legend class="legend">{legend}</legend>
      {named && <Field label="Recipient" {...field('name')} autocomplete={auto('name')} />}
      <SelectField
        label="Country"
        {...field('country')}
        options={COUNTRIES}
        none="Choose a country"
        autocomplete={auto('country')}
      />
      <Field
        label="Address line 1"
        {...field('line1')}
        autocomplete={auto('address-line1')}
        required={required}
      />
      <Field label="Address line 2" {...field('line2')} autocomplete={auto('address-line2')} />
      <div class="pair">
        <Field label="Postal code" {...field('postal_code')} autocomplete={auto('postal-code')} />
        <Field
          label="City"
          {...field('city')}
          autocomplete={auto('address-level2')}
          required={required}
        />
      </div>
      <Field label="State or region" {...field('state')} autocomplete={auto('address-level1')} />
    </fieldset>
  );
};
