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

/** Where a credit note's PDF is. */
export function creditNotePdfUrl(ctx: Context, note: string): string {
  return `${ctx.origin}/i/credit_notes/${tokenOf(ctx, note)}/pdf`;
}

/** Where the holder of a card authenticates a payment or a setup, in the place of their bank's page. */
export function authenticationUrl(ctx: Context, intent: string): string {
  return `${ctx.origin}/a/${tokenOf(ctx, intent)}`;
}

/** What a portal's or invoice's token stands for; `undefined` for anything that is not one. */
export function hostedTarget(token: string): HostedTarget | undefined {
  const [, encoded] = /^(?:test|live)_([A-Za-z0-9_-]+)$/.exec(token) ?? [];
  const [world, id] = Buffer.from(encoded ?? '', 'base64url')
    .toString()
    .split(' ');
  return world && id ? { world, id } : undefined;
}

/** Unguessable, because the id in it is. */
function tokenOf(ctx: Context, id: string): string {
  return `${ctx.mode}_${Buffer.from(`${ctx.worldName} ${id}`).toString('base64url')}`;
}
