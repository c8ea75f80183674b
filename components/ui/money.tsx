import { formats } from '@/lib/reader';

type Amount = { amount: number; currency: string; exact?: boolean };

/**
 * An amount of money, in the reader's language.
 *
 * @param amount in the currency's smallest unit
 * @param exact keep the decimals of whole amounts, so that a column of them lines up
 */
export async function Money({ amount, currency, exact = false }: Amount) {
  const { money, exactMoney } = await formats();
  return exact ? exactMoney(amount, currency) : money(amount, currency);
}
