import type { FC } from 'hono/jsx';
import { AddressFields } from '../shared/address-fields';
import { Field } from '../shared/field';
import type { Order } from './order';
import { asksFor, knownPayer, type PayerErrors } from './payer';

/** What was typed, by the names of the fields, and what is wrong with it. */
export interface PayerTrial {
  payer?: Record<string, string>;
  payerErrors?: PayerErrors;
}

/** What else the session asks of the one who pays. */
export const PayerFields: FC<{ order: Order; attempt: PayerTrial }> = ({ order, attempt }) => {
  const asked = asksFor(order);
  const { payer: values = knownPayer(order), payerErrors: errors = {} } = attempt;
  return (
    <>
      {asked.phone && (
        <Field
          label="Phone number"
          name="phone"
          type="tel"
          autocomplete="tel"
          maxlength={20}
          required
          value={values.phone}
          error={errors.phone}
        />
      )}
      {asked.address && (
        <AddressFields
          legend="Billing address"
          prefix="address"
          values={values}
          errors={errors}
          required
        />
      )}
      {asked.terms && (
        <label class="check">
          <input type="checkbox" name="terms" value="accepted" required />
          <span>
            {order.session.custom_text.terms_of_service_acceptance?.message ??
              `I agree to ${order.business}’s terms of service.`}
            {errors.terms && <span class="error"> {errors.terms}</span>}
          </span>
        </label>
      )}
    </>
  );
};
