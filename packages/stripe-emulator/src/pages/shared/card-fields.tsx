import type { FC } from 'hono/jsx';
import type { CardErrors, CardKept } from './card-input';
import { Field } from './field';

/** The fields of a new card. Number and security code are always empty when the page is shown. */
export const CardFields: FC<{ kept?: CardKept; errors?: CardErrors; required?: boolean }> = ({
  kept,
  errors = {},
  required = true,
}) => (
  <>
    <Field
      label="Card number"
      name="card_number"
      placeholder="1234 1234 1234 1234"
      autocomplete="cc-number"
      inputmode="numeric"
      maxlength={23}
      format="card"
      required={required}
      error={errors.number}
    />
    <div class="pair">
      <Field
        label="Expiration"
        name="expiration"
        placeholder="MM / YY"
        autocomplete="cc-exp"
        inputmode="numeric"
        maxlength={9}
        format="expiry"
        required={required}
        value={kept?.expiration}
        error={errors.expiration}
      />
      <Field
        label="CVC"
        name="cvc"
        placeholder="123"
        autocomplete="cc-csc"
        inputmode="numeric"
        maxlength={4}
        required={required}
        error={errors.cvc}
      />
    </div>
    <Field
      label="Cardholder name"
      name="name"
      autocomplete="cc-name"
      required={required}
      value={kept?.name}
      error={errors.name}
    />
  </>
);
