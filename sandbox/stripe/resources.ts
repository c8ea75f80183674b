import { checkoutSessions } from './api/checkout-sessions';
import { coupons } from './api/coupons';
import { customers } from './api/customers';
import { entitlements } from './api/entitlements';
import { events } from './api/events';
import { invoices } from './api/invoices';
import { paymentMethods } from './api/payment-methods';
import { portalConfigurations } from './api/portal-configurations';
import { portalSessions } from './api/portal-sessions';
import { prices } from './api/prices';
import { productFeatures } from './api/product-features';
import { products } from './api/products';
import { promotionCodes } from './api/promotion-codes';
import { subscriptions } from './api/subscriptions';
import { taxIds } from './api/tax-ids';
import { webhookEndpoints } from './api/webhook-endpoints';
import type { Resource } from './core/route';

/** Everything the API has. A resource becomes known by its line here. */
export const resources: readonly Resource[] = [
  coupons,
  customers,
  entitlements,
  events,
  paymentMethods,
  portalConfigurations,
  prices,
  productFeatures,
  products,
  promotionCodes,
  taxIds,
  webhookEndpoints,
  checkoutSessions,
  invoices,
  portalSessions,
  subscriptions,
];
