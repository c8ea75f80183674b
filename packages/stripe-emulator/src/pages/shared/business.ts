import { product } from '../../../../../lib/product';
import type { Context } from '../../core/context';

/** The name of the business whose page this is: the account's, and without one the app's. */
export function businessName(ctx: Context, account: string | null): string {
  const found = ctx.account(account ?? undefined);
  return found?.business_profile?.name || found?.settings?.dashboard.display_name || product.name;
}
