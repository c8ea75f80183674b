import type { TestEmulator } from './start-emulator';

/** Two plans, a customer, and a portal configuration that allows everything. */
export interface Shop {
  prices: { proMonth: string; proYear: string; teamMonth: string };
  products: { pro: string; team: string };
  customer: string;
  configuration: string;
}

const CUSTOMER = { email: 'ada@example.com', name: 'Ada Lovelace' };

export function openShop(pages: TestEmulator): Shop {
  const pro = pages.create('/v1/products', { name: 'Pro' }).id;
  const team = pages.create('/v1/products', { name: 'Team' }).id;
  const price = (product: string, unit_amount: number, interval: string) =>
    pages.create('/v1/prices', { product, unit_amount, currency: 'usd', recurring: { interval } })
      .id;
  const prices = {
    proMonth: price(pro, 1200, 'month'),
    proYear: price(pro, 12_000, 'year'),
    teamMonth: price(team, 4900, 'month'),
  };
  const configuration = configure(pages, {
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price', 'quantity', 'promotion_code'],
      proration_behavior: 'always_invoice',
      products: [
        {
          product: pro,
          prices: [prices.proMonth, prices.proYear],
          adjustable_quantity: { enabled: true, minimum: 1, maximum: 10 },
        },
        { product: team, prices: [prices.teamMonth] },
      ],
    },
  });
  const customer = pages.create('/v1/customers', CUSTOMER).id;
  return { prices, products: { pro, team }, customer, configuration };
}

/** A portal configuration with everything on, except what `features` says otherwise. */
export function configure(pages: TestEmulator, features: object, rest: object = {}): string {
  return pages.create('/v1/billing_portal/configurations', {
    features: {
      customer_update: {
        enabled: true,
        allowed_updates: ['address', 'email', 'name', 'phone', 'shipping', 'tax_id'],
      },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_pause: { enabled: true },
      ...features,
    },
    ...rest,
  }).id;
}

/** Subscribes the shop's customer, with a card that works. */
export function subscribe(pages: TestEmulator, shop: Shop, price = shop.prices.proMonth): string {
  const card = pages.create('/v1/payment_methods/pm_card_visa/attach', { customer: shop.customer });
  pages.create(`/v1/customers/${shop.customer}`, {
    invoice_settings: { default_payment_method: card.id },
  });
  return pages.create('/v1/subscriptions', { customer: shop.customer, items: [{ price }] }).id;
}

/** A new portal session's URL. */
export function portal(pages: TestEmulator, shop: Shop, params: object = {}): string {
  return pages.create('/v1/billing_portal/sessions', {
    customer: shop.customer,
    configuration: shop.configuration,
    return_url: 'https://app.example/billing',
    ...params,
  }).url;
}
