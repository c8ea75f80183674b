import type { FC } from 'hono/jsx';
import { AddressFields } from '../shared/address-fields';
import { Field } from '../shared/field';
import { Notice } from '../shared/notice';
import { SelectField } from '../shared/select-field';
import type { DetailsErrors, DetailsValues } from './details';
import { PortalPage } from './portal-page';
import type { Visit } from './visit';

/** The kinds of tax id that customers have most often. */
const TAX_ID_KINDS = [
  ['au_abn', 'Australian business number'],
  ['br_cnpj', 'Brazilian CNPJ'],
  ['ca_bn', 'Canadian business number'],
  ['eu_vat', 'EU VAT number'],
  ['in_gst', 'Indian GST number'],
  ['jp_cn', 'Japanese corporate number'],
  ['mx_rfc', 'Mexican RFC'],
  ['nz_gst', 'New Zealand GST number'],
  ['no_vat', 'Norwegian VAT number'],
  ['za_vat', 'South African VAT number'],
  ['ch_vat', 'Swiss VAT number'],
  ['gb_vat', 'UK VAT number'],
  ['us_ein', 'US EIN'],
] as const;

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
      <SelectField
        label="Type"
        name="tax_id_type"
        value={values.tax_id_type}
        options={TAX_ID_KINDS}
        none="None"
        error={errors.tax_id_type}
      />
      <Field label="Number" name="tax_id_value" value={values.tax_id_value} />
    </div>
  </fieldset>
);
