import { type FC, Fragment } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { countryName } from '../shared/countries';
import type { Visit } from './visit';

export interface BillingInformation {
  rows: { term: string; lines: string[] }[];
  canChange: boolean;
}

export function billingInformation(ctx: Context, visit: Visit): BillingInformation {
  const { customer } = visit;
  const taxIds = [...ctx.by('tax_id', 'customer', customer.id)].map((taxId) => taxId.value);
  const rows = [
    { term: 'Name', lines: present([customer.name]) },
    { term: 'Email', lines: present([customer.email]) },
    { term: 'Address', lines: addressLines(customer.address) },
    { term: 'Phone', lines: present([customer.phone]) },
    {
      term: 'Shipping',
      lines: present([customer.shipping?.name, ...addressLines(customer.shipping?.address)]),
    },
    { term: 'Tax ID', lines: taxIds },
  ];
  const { customer_update } = visit.configuration.features;
  return {
    rows: rows.filter((row) => row.lines.length > 0),
    canChange: customer_update.enabled && customer_update.allowed_updates.length > 0,
  };
}

export const BillingInformationBlock: FC<{ base: string; information: BillingInformation }> = ({
  base,
  information,
}) => (
  <section class="block" aria-labelledby="billing-information">
    <h2 id="billing-information">Billing information</h2>
    {information.rows.length === 0 ? (
      <p class="muted">Nothing is known yet.</p>
    ) : (
      <dl class="details">
        {information.rows.map((row) => (
          <Fragment key={row.term}>
            <dt>{row.term}</dt>
            <dd>
              {row.lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    )}
    {information.canChange && (
      <div class="actions">
        <a class="button" href={`${base}/details`}>
          Update information
        </a>
      </div>
    )}
  </section>
);

function addressLines(address: Stored<'customer'>['address'] | undefined): string[] {
  if (!address) return [];
  const town = present([address.postal_code, address.city]).join(' ');
  return present([
    address.line1,
    address.line2,
    town,
    address.state,
    address.country && countryName(address.country),
  ]);
}

function present(values: (string | null | undefined)[]): string[] {
  return values.filter((value): value is string => Boolean(value));
}
