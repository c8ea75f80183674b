import { expect, it } from 'vitest';
import { monthly, plan } from '@/test/support/integration';
import { catalogueId } from '../catalogue-objects';
import { currencies } from '../plans';
import { stripe } from '../stripe';
import { amountsIn } from './amounts-in';

it.each(currencies)('a price that shows only its default currency is known in %s', async (code) => {
  const price = await stripe().prices.retrieve(await catalogueId(monthly));
  const amountOf = await amountsIn(code, [price]);
  expect(amountOf(price)).toBe(plan.prices.month[code]);
});
