import type { Context } from '../../core/context';

/** The name of the business whose page this is; without an account's name, its return address' host. */
export function businessName(
  ctx: Context,
  account: string | null | undefined,
  returnUrl: string | null | undefined,
): string {
  const found = ctx.find('account', account ?? ctx.core.accountId);
  const name = found?.business_profile?.name || found?.settings?.dashboard.display_name;
  return name || hostOf(returnUrl) || 'this business';
}

function hostOf(url: string | null | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).hostname : undefined;
}
