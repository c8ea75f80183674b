import { shownTax, words } from '@/lib/reader';

/** What a price says of tax, behind it; nothing while none is computed. */
export async function TaxNote() {
  const tax = await shownTax();
  if (tax === 'off') return null;
  const { includingVat, plusVat } = (await words()).summary;
  return tax === 'inclusive' ? includingVat : plusVat;
}
