import type { Context } from '../core/context';

/** What the token of a hosted page stands for: an object of one world. */
export interface HostedTarget {
  world: string;
  id: string;
}

/** Where a portal session is opened. */
export function portalUrl(ctx: Context, session: string): string {
  return `${ctx.origin}/p/session/${tokenOf(ctx, session)}`;
}

/** Where a Checkout session is opened; as at Stripe its id is the token. */
export function checkoutUrl(ctx: Context, session: string): string {
  return `${ctx.origin}/c/pay/${session}`;
}

/** An invoice's own page; its PDF is at the same address with `/pdf` behind it. */
export function invoiceUrl(ctx: Context, invoice: string): string {
  return `${ctx.origin}/i/${tokenOf(ctx, invoice)}`;
}

/** What a portal's or invoice's token stands for; `undefined` for anything that is not one. */
export function hostedTarget(token: string): HostedTarget | undefined {
  const [, world, encoded] = /^([a-z]+)_([A-Za-z0-9_-]+)$/.exec(token) ?? [];
  if (!world || !encoded) return undefined;
  const id = Buffer.from(encoded, 'base64url').toString();
  return /^[a-z]+_\w+$/.test(id) ? { world, id } : undefined;
}

function tokenOf(ctx: Context, id: string): string {
  return `${ctx.worldName}_${Buffer.from(id).toString('base64url')}`;
}
