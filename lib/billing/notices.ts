import type { Words } from '../words/english';

/**
 * The page shows a notice only to the browser that has just come back from Stripe: the return route
 * sets this cookie, and `proxy.ts` removes it with the page that shows the notice. So no link can tell
 * somebody that something happened to their plan.
 */
export const noticeCookie = { name: 'billing-notice', path: '/billing' } as const;

/** What went wrong in billing. */
export type Problem = keyof Words['problems'];
/** What was done in billing. */
export type Notice = keyof Words['notices'];
