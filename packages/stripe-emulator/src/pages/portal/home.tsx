import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { Notice } from '../shared/notice';
import {
  type BillingInformation,
  BillingInformationBlock,
  billingInformation,
} from './home-details';
import { type InvoiceHistory, InvoiceHistoryBlock, invoiceHistory } from './home-invoices';
import { type PaymentMethods, PaymentMethodsBlock, paymentMethods } from './home-payment-methods';
import { SubscriptionBlock } from './home-subscriptions';
import { findNotice } from './notices';
import { PortalPage } from './portal-page';
import { type SubscriptionView, subscriptionViews } from './subscription-view';
import type { Visit } from './visit';

export interface Home {
  visit: Visit;
  notice: string | undefined;
  subscriptions: SubscriptionView[];
  methods: PaymentMethods;
  information: BillingInformation;
  invoices: InvoiceHistory | null;
}

/** Everything the portal's home shows, as the configuration allows. */
export function readHome(
  ctx: Context,
  visit: Visit,
  query: { done?: string; all?: boolean },
): Home {
  const { invoice_history } = visit.configuration.features;
  return {
    visit,
    notice: findNotice(query.done),
    subscriptions: subscriptionViews(ctx, visit),
    methods: paymentMethods(ctx, visit),
    information: billingInformation(ctx, visit),
    invoices: invoice_history.enabled ? invoiceHistory(ctx, visit, query.all ?? false) : null,
  };
}

export const HomePage: FC<Home> = ({
  visit,
  notice,
  subscriptions,
  methods,
  information,
  invoices,
}) => (
  <PortalPage visit={visit} title="Billing">
    <h1 class="visually-hidden">Billing</h1>
    {notice && <Notice>{notice}</Notice>}
    <div class="blocks">
      <section class="block" aria-labelledby="subscriptions">
        <h2 id="subscriptions">
          {subscriptions.length > 1 ? 'Current subscriptions' : 'Current subscription'}
        </h2>
        {subscriptions.length === 0 && <p class="muted">You have no subscription.</p>}
        {subscriptions.map((subscription) => (
          <SubscriptionBlock key={subscription.id} base={visit.base} subscription={subscription} />
        ))}
      </section>
      <PaymentMethodsBlock base={visit.base} methods={methods} />
      <BillingInformationBlock base={visit.base} information={information} />
      {invoices && <InvoiceHistoryBlock base={visit.base} history={invoices} />}
    </div>
  </PortalPage>
);
