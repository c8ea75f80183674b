/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { Field } from '../shared/field';
import { Notice } from '../shared/notice';
import type { DetailsErrors, DetailsValues } from './details';
import { PortalPage } from './portal-page';
import type { Visit } from './visit';

interface DetailsPageProps {
  visit: Visit;
  values: DetailsValues;
  allowed: ReadonlySet<string>;
  taxIds: { id: string; value: string }[];
  errors?: DetailsErrors;
  problem?: string;
}

export const DetailsPage: FC<DetailsPageProps> = ({
  visit,
  values,
  allowed,
  taxIds,
  errors = {},
  problem,
}) => (
  <PortalPage visit={visit} title="Billing information" back={visit.flow ? undefined : ''}>
    <form class="stack" method="post" action={`${visit.base}/details`}>
      <h1>Billing information</h1>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {allowed.has('name') && (
        <Field
          label="Name"
          name="name"
          value={values.name}
          autocomplete="name"
          error={errors.name}
        />
      )}
      {allowed.has('email') && (
        <Field
          label="Email"
          name="email"
          type="email"
          value={values.email}
          autocomplete="email"
          error={errors.email}
        />
      )}
      {allowed.has('address') && (
        <AddressFields legend="Address" prefix="address" values={values} errors={errors} />
      )}
      {allowed.has('phone') && (
        <Field
          label="Phone number"
          name="phone"
          type="tel"
          value={values.phone}
          autocomplete="tel"
          maxlength={20}
          error={errors.phone}
        />
      )}
      {allowed.has('shipping') && (
        <AddressFields
          legend="Shipping address"
          prefix="shipping"
          values={values}
          errors={errors}
          named
        />
      )}
      {allowed.has('tax_id') && <TaxIds values={values} errors={errors} taxIds={taxIds} />}
      <div class="actions">
        <button class="button primary" type="submit">
          Save
        </button>
      </div>
    </form>
  </PortalPage>
);

const AddressFields: FC<{
  legend: string;
  prefix: 'address' | 'shipping';
  values: DetailsValues;
  errors: DetailsErrors;
  named?: boolean;
}> = ({ legend, prefix, values, errors, named }) => {
  const auto = (part: string) => `${prefix === 'shipping' ? 'shipping ' : ''}${part}`;
  const field = (part: string) => ({
    name: `${prefix}.${part}`,
    value: values[`${prefix}.${part}`],
    error: errors[`${prefix}.${part}`],
  });
  return (
    <fieldset class="stack">
      <legend class="legend">{legend}</legend>
      {named && <Field label="Recipient" {...field('name')} autocomplete={auto('name')} />}
      <Field
        label="Country"
        {...field('country')}
        hint="Two letters, such as US"
        maxlength={2}
        autocomplete={auto('country')}
      />
      <Field label="Address line 1" {...field('line1')} autocomplete={auto('address-line1')} />
      <Field label="Address line 2" {...field('line2')} autocomplete={auto('address-line2')} />
      <div class="pair">
        <Field label="Postal code" {...field('postal_code')} autocomplete={auto('postal-code')} />
        <Field label="City" {...field('city')} autocomplete={auto('address-level2')} />
      </div>
      <Field label="State or region" {...field('state')} autocomplete={auto('address-level1')} />
    </fieldset>
  );
};

const TaxIds: FC<{
  values: DetailsValues;
  errors: DetailsErrors;
  taxIds: { id: string; value: string }[];
}> = ({ values, errors, taxIds }) => (
  <fieldset class="stack">
    <legend class="legend">Tax ID</legend>
    {taxIds.map((taxId) => (
      <label key={taxId.id} class="check">
        <input type="checkbox" name={`remove.${taxId.id}`} value="yes" />
        <span>Remove {taxId.value}</span>
      </label>
    ))}
    <div class="pair">
      <Field
        label="Type"
        name="tax_id_type"
        value={values.tax_id_type}
        hint="Such as eu_vat or us_ein"
        error={errors.tax_id_type}
      />
      <Field label="Number" name="tax_id_value" value={values.tax_id_value} />
    </div>
  </fieldset>
);
