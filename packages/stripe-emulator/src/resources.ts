import { accounts } from './api/accounts';
import { balance } from './api/balance';
import { balanceTransactions } from './api/balance-transactions';
import { billingAlerts } from './api/billing-alerts';
import { billingMeterEvents } from './api/billing-meter-events';
import { billingMeterSummaries } from './api/billing-meter-summaries';
import { billingMeters } from './api/billing-meters';
import { charges } from './api/charges';
import { checkoutSessions } from './api/checkout-sessions';
import { coupons } from './api/coupons';
import { creditBalances } from './api/credit-balances';
import { creditGrants } from './api/credit-grants';
import { creditNotes } from './api/credit-notes';
import { customers } from './api/customers';
import { disputes } from './api/disputes';
import { entitlements } from './api/entitlements';
import { eventDestinations } from './api/event-destinations';
import { events } from './api/events';
import { fraudWarnings } from './api/fraud-warnings';
import { invoiceItems } from './api/invoice-items';
import { invoicePayments } from './api/invoice-payments';
import { invoices } from './api/invoices';
import { meterEventsV2 } from './api/meter-events-v2';
import { paymentIntents } from './api/payment-intents';
import { paymentLinks } from './api/payment-links';
import { paymentMethods } from './api/payment-methods';
import { plans } from './api/plans';
import { portalConfigurations } from './api/portal-configurations';
import { portalSessions } from './api/portal-sessions';
import { prices } from './api/prices';
import { productFeatures } from './api/product-features';
import { products } from './api/products';
import { promotionCodes } from './api/promotion-codes';
import { refunds } from './api/refunds';
import { search } from './api/search';
import { setupIntents } from './api/setup-intents';
import { subscriptionItems } from './api/subscription-items';
import { subscriptionSchedules } from './api/subscription-schedules';
import { subscriptions } from './api/subscriptions';
import { taxIds } from './api/tax-ids';
import { taxRates } from './api/tax-rates';
import { testClocks } from './api/test-clocks';
import { thinEvents } from './api/thin-events';
import { webhookEndpoints } from './api/webhook-endpoints';
import type { Resource } from './core/route';

/** Everything the API has. A resource becomes known by its line here. */
export const resources: readonly Resource[] = [
  accounts,
  checkoutSessions,
  coupons,
  customers,
  balanceTransactions,
  entitlements,
  events,
  invoices,
  paymentMethods,
  portalConfigurations,
  portalSessions,
  prices,
  productFeatures,
  products,
  promotionCodes,
  setupIntents,
  subscriptions,
  taxIds,
  webhookEndpoints,
  charges,
  invoiceItems,
  invoicePayments,
  paymentIntents,
  subscriptionItems,
  testClocks,
  subscriptionSchedules,
  plans,
  refunds,
  creditNotes,
  taxRates,
  search,
  balance,
  disputes,
  fraudWarnings,
  billingMeters,
  billingMeterEvents,
  billingMeterSummaries,
  creditGrants,
  creditBalances,
  billingAlerts,
  meterEventsV2,
  eventDestinations,
  thinEvents,
  paymentLinks,
];
