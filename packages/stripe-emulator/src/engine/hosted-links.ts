import { createHmac } from 'node:crypto';
import type { Context } from '../core/context';
import type { Core } from '../core/core';

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

/** Where a payment link is followed. */
export function paymentLinkUrl(ctx: Context, link: string): string {
  return `${ctx.origin}/b/${tokenOf(ctx, link)}`;
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

const SIGNATURE = 22;

/** What a portal's or invoice's token stands for; `undefined` for anything that is not one of ours. */
export function hostedTarget(core: Core, token: string): HostedTarget | undefined {
  const [, signature, named = ''] = /^(?:test|live)_([\w-]{22})([\w-]+)$/.exec(token) ?? [];
  if (signature === undefined || signature !== signatureOf(core, named)) return undefined;
  const [world, id] = Buffer.from(named, 'base64url').toString().split(' ');
  return world && id && core.store.worlds.includes(world) ? { world, id } : undefined;
}

/** Signed: ids are in logs and addresses, and who knows one does not know its page. */
function tokenOf(ctx: Context, id: string): string {
  const named = Buffer.from(`${ctx.worldName} ${id}`).toString('base64url');
  return `${ctx.mode}_${signatureOf(ctx.core, named)}${named}`;
}

function signatureOf(core: Core, named: string): string {
  const hash = createHmac('sha256', core.pageSecret()).update(named).digest('base64url');
  return hash.slice(0, SIGNATURE);
}
