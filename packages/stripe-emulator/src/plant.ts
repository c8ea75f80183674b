import type { Context } from './core/context';
import { withId } from './core/ids';
import type { TableName } from './core/tables';
import type { StripeEmulator } from './emulator';
import { SEED_KINDS, type Seed, SeedError, type SeedKind, type SeedObject } from './seed';

/** Where the API creates objects of a kind, the table they are in, and how their ids begin. */
const KINDS: Record<SeedKind, { path: string; table: TableName; prefix: string }> = {
  test_clocks: {
    path: '/v1/test_helpers/test_clocks',
    table: 'test_helpers.test_clock',
    prefix: 'clock',
  },
  tax_rates: { path: '/v1/tax_rates', table: 'tax_rate', prefix: 'txr' },
  products: { path: '/v1/products', table: 'product', prefix: 'prod' },
  prices: { path: '/v1/prices', table: 'price', prefix: 'price' },
  coupons: { path: '/v1/coupons', table: 'coupon', prefix: '' },
  promotion_codes: { path: '/v1/promotion_codes', table: 'promotion_code', prefix: 'promo' },
  configurations: {
    path: '/v1/billing_portal/configurations',
    table: 'billing_portal.configuration',
    prefix: 'bpc',
  },
  customers: { path: '/v1/customers', table: 'customer', prefix: 'cus' },
  subscriptions: { path: '/v1/subscriptions', table: 'subscription', prefix: 'sub' },
};

/** The kinds whose ids the API itself lets people choose. */
const NAMED_BY_PARAMETER: readonly SeedKind[] = ['products', 'coupons'];

/**
 * Creates what a seed describes, in test mode, through the API's own checks; what exists already is
 * left alone. No webhook tells of it.
 * @throws SeedError naming the object that was refused; then nothing was created
 */
export function plant(emulator: StripeEmulator, seed: Seed = {}, world = 'test'): void {
  emulator.core.webhooks.quietly(() =>
    emulator.run(world, (ctx) => {
      for (const kind of SEED_KINDS) {
        for (const object of seed[kind] ?? []) create(emulator, ctx, kind, object);
      }
    }),
  );
}

function create(
  emulator: StripeEmulator,
  ctx: Context,
  kind: SeedKind,
  { id, ...params }: SeedObject,
): void {
  const { path, prefix, table } = KINDS[kind];
  if (ctx.find(table, id)) return;
  const isNamed = NAMED_BY_PARAMETER.includes(kind);
  try {
    if (!isNamed && !id.startsWith(`${prefix}_`))
      throw new Error(`its id must begin with ${prefix}_`);
    const given = isNamed ? { id, ...params } : params;
    withId(isNamed ? '' : prefix, id, () => emulator.call(ctx.worldName, 'POST', path, given));
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new SeedError(`The seed's ${kind} have ${id}, which cannot be created: ${why}`, {
      cause: error,
    });
  }
}
