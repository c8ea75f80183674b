import { formats } from '@/lib/auth/session';

/**
 * An amount of money, in the reader's language.
 *
 * @param amount in the currency's smallest unit
 * @param exact keep the decimals of whole amounts, so that a column of them lines up
 */
export async function Money({
  amount,
  currency,
  exact = false,
}: {
  amount: number;
  currency: string;
  exact?: boolean;
}) {
  const { money, exactMoney } = await formats();
  return exact ? exactMoney(amount, currency) : money(amount, currency);
}
