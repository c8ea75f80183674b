import type { Context as Request } from 'hono';
import type { StripeEmulator } from '../../emulator';
import { markFlowDone } from './flow-state';
import type { NoticeKey } from './notices';
import type { Visit } from './visit';

/** Where a session with a flow begins, below the session's own path. */
export function flowStart({ flow }: Visit): string | undefined {
  switch (flow?.type) {
    case 'payment_method_update':
      return '/payment-methods/add';
    case 'customer_update':
      return '/details';
    case 'subscription_cancel':
      return `/subscriptions/${flow.subscription_cancel?.subscription}/cancel`;
    case 'subscription_pause':
      return `/subscriptions/${flow.subscription_pause?.subscription}/pause`;
    case 'subscription_update':
      return `/subscriptions/${flow.subscription_update?.subscription}/update`;
    case 'subscription_update_confirm':
      return `/subscriptions/${flow.subscription_update_confirm?.subscription}/confirm`;
    default:
      return undefined;
  }
}

/** Whether a path below the session's own is part of its flow; without a flow, everything is. */
export function isWithinFlow(visit: Visit, path: string): boolean {
  const start = flowStart(visit);
  if (start === undefined) return true;
  const parts = [start, '/done'];
  if (mayAddCard(visit)) parts.push('/payment-methods/add', '/payment-methods/authenticate');
  if (visit.flow?.type === 'subscription_update') parts.push(start.replace(/update$/, 'confirm'));
  return parts.some((part) => path === part || path.startsWith(`${part}/`));
}

/** A change of plan may need a card first; the way then goes on with the change. */
function mayAddCard({ configuration, flow }: Visit): boolean {
  if (flow?.type === 'payment_method_update') return true;
  const changesPlan = flow?.type.startsWith('subscription_update') ?? false;
  return changesPlan && configuration.features.payment_method_update.enabled;
}

/** After an action: where the flow says, else home, with a word on what happened. */
export function finish(c: Request, emulator: StripeEmulator, visit: Visit, notice: NoticeKey) {
  const { flow, base } = visit;
  const isOnTheWay = notice === 'card_added' && flow?.type !== 'payment_method_update';
  if (flow && isOnTheWay) return c.redirect(`${base}${flowStart(visit)}`, 303);
  if (!flow) return c.redirect(`${base}?done=${notice}`, 303);
  emulator.run(visit.world, (ctx) => markFlowDone(ctx, visit.session));
  const { type, redirect } = flow.after_completion;
  if (type === 'redirect' && redirect) return c.redirect(redirect.return_url, 303);
  if (type === 'hosted_confirmation') return c.redirect(`${base}/done`, 303);
  return c.redirect(`${base}?done=${notice}`, 303);
}

/** Whether nothing is left to do here: the flow is over and it does not lead to the portal's home. */
export function isOver({ session, flow }: Visit): boolean {
  if (flow || !session.flow) return false;
  return session.flow.after_completion.type !== 'portal_homepage';
}
