import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { pageOf, paging } from '../core/list';
import { mergeMetadata } from '../core/metadata';
import { boolean, type FieldOutputs } from '../core/params';
import type { PaymentLinkDetails } from '../core/payment-link-details';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { LINE, type LinkInput, newPaymentLink, ownOf, shownOf } from './payment-link-object';
import { createFields, updateFields } from './payment-link-params';
import { changedLines, openLinkSession } from './payment-link-session';

const right = 'payment_link';

type Link = Stored<'payment_link'>;
type Session = Stored<'checkout.session'>;

/** Links that anybody can follow to a Checkout session of their own. */
export const paymentLinks: Resource = {
  routes: [
    route('POST /v1/payment_links', { right, params: createFields }, create),
    route(
      'GET /v1/payment_links',
      { right, params: { ...paging, active: boolean() } },
      (ctx, params) =>
        ctx.list('payment_link', params, '/v1/payment_links', {
          where: (link) => (params.active ?? link.active) === link.active,
        }),
    ),
    route('GET /v1/payment_links/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('payment_link', path.id),
    ),
    route('POST /v1/payment_links/:id', { right, params: updateFields }, update),
    route(
      'GET /v1/payment_links/:id/line_items',
      { right, params: paging },
      (ctx, params, path) => {
        const { data, url } = lineItems(ctx, ctx.get('payment_link', path.id).id);
        return pageOf(data, 'line item', params, url);
      },
    ),
  ],
  expansions: { payment_link: { line_items: lineItems } },
};

function create(ctx: Context, params: FieldOutputs<typeof createFields>): Link {
  const { line_items: asked, ...given } = params;
  const id = newId('plink');
  const { session, lines } = rehearse(ctx, newPaymentLink(ctx, id, given), {
    lineItems: asked.map(({ adjustable_quantity: adjustable, price, quantity }, at) => ({
      ...LINE,
      id: newId('li'),
      adjustable_quantity: adjustable ? { maximum: 99, minimum: 0, ...adjustable } : null,
      price: ctx.get('price', price, `line_items[${at}][price]`),
      quantity,
    })),
    session: sessionOf(given),
  });
  const link = { ...newPaymentLink(ctx, id, given), ...shownOf(session, given) };
  ctx.world._payment_link.put({ id, lineItems: lines, session: sessionOf(given) });
  return ctx.insert('payment_link', link, 'payment_link.created');
}

function update(
  ctx: Context,
  params: FieldOutputs<typeof updateFields>,
  path: { readonly id: string },
): Link {
  const former = ctx.get('payment_link', path.id);
  const details = ctx.get('_payment_link', former.id);
  const { active, line_items: changes = [], ...given } = params;
  const asked = merged(details.session, sessionOf(given));
  const after = {
    ...former,
    ...ownOf(former, given),
    active: active ?? former.active,
    metadata: mergeMetadata(former.metadata, given.metadata),
  };
  const lineItems = changedLines(details.lineItems, changes);
  const { session, lines } = rehearse(ctx, after, { lineItems, session: asked });
  ctx.world._payment_link.put({ id: former.id, lineItems: lines, session: asked });
  const shown = shownOf(session, given, former);
  return ctx.update('payment_link', former.id, { ...after, ...shown }, 'payment_link.updated');
}

/** The session that it would open; its lines with the ids that the link's have. @throws StripeError */
function rehearse(
  ctx: Context,
  link: Link,
  details: Omit<PaymentLinkDetails, 'id'>,
): { session: Session; lines: PaymentLinkDetails['lineItems'] } {
  return ctx.core.rehearse(() => {
    const session = openLinkSession(ctx, link, details);
    const made = ctx.get('_checkout', session.id).lineItems;
    const lines = made.map((line, at) => ({ ...line, id: details.lineItems[at]?.id ?? line.id }));
    return { session, lines };
  });
}

/** What sessions are asked for; everything that a link has by itself is left out. */
function sessionOf(given: LinkInput): Record<string, unknown> {
  const {
    after_completion: _after,
    inactive_message: _message,
    restrictions: _restrictions,
    ...session
  } = given;
  return Object.fromEntries(Object.entries(session).filter(([, value]) => value !== undefined));
}

/** Later words for hashes go into the earlier ones. */
function merged(former: object, change: object): Record<string, unknown> {
  const entries = Object.entries(change).map(([name, value]): [string, unknown] => {
    const before: unknown = Reflect.get(former, name);
    return [name, isHash(before) && isHash(value) ? { ...before, ...value } : value];
  });
  return { ...former, ...Object.fromEntries(entries) };
}

function isHash(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineItems(ctx: Context, link: string) {
  return {
    object: 'list',
    data: ctx.find('_payment_link', link)?.lineItems ?? [],
    has_more: false,
    url: `/v1/payment_links/${link}/line_items`,
  };
}
