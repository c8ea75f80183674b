import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { methodExpiry, methodTitle } from '../shared/wording';
import { defaultMethodId, isNeeded } from './default-method';
import type { Visit } from './visit';

export interface PaymentMethods {
  /** Whether cards can be added, chosen and removed. */
  canChange: boolean;
  list: { id: string; title: string; expiry: string; isDefault: boolean; canRemove: boolean }[];
}

export function paymentMethods(ctx: Context, visit: Visit): PaymentMethods {
  const standard = defaultMethodId(ctx, visit);
  return {
    canChange: visit.configuration.features.payment_method_update.enabled,
    list: [...ctx.by('payment_method', 'customer', visit.customer.id)].map((method) => ({
      id: method.id,
      title: methodTitle(method),
      expiry: methodExpiry(method),
      isDefault: method.id === standard,
      canRemove: !isNeeded(ctx, visit, method.id),
    })),
  };
}

export const PaymentMethodsBlock: FC<{ base: string; methods: PaymentMethods }> = ({
  base,
  methods,
}) => (
  <section class="block" aria-labelledby="payment-methods">
    <h2 id="payment-methods">Payment methods</h2>
    {methods.list.length === 0 && <p class="muted">You have no saved payment method.</p>}
    {methods.list.length > 0 && (
      <ul>
        {methods.list.map((method) => (
          <li key={method.id} class="card-row">
            <span>
              {method.title} {method.isDefault && <span class="pill good">Default</span>}
            </span>
            <span class="muted small">{method.expiry}</span>
            {methods.canChange && (
              <span class="row small">
                {!method.isDefault && (
                  <form method="post" action={`${base}/payment-methods/${method.id}/default`}>
                    <button
                      class="plain"
                      type="submit"
                      aria-label={`Make default: ${method.title}`}
                    >
                      Make default
                    </button>
                  </form>
                )}
                {method.canRemove && (
                  <a
                    href={`${base}/payment-methods/${method.id}/remove`}
                    aria-label={`Remove: ${method.title}`}
                  >
                    Remove
                  </a>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    )}
    {methods.canChange && (
      <div class="actions">
        <a class="button" href={`${base}/payment-methods/add`}>
          Add payment method
        </a>
      </div>
    )}
  </section>
);
