import type { Context } from '../../core/context';

/** The name of the business whose page this is: the account's, and without one the emulator's option. */
export function businessName(ctx: Context, account: string | null): string {
  const found = ctx.account(account ?? undefined);
  return (
    found?.business_profile?.name ||
    found?.settings?.dashboard.display_name ||
    ctx.core.businessName
  );
}
