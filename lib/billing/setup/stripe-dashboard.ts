import { isLivemode } from '../stripe';

/** A page of Stripe's Dashboard in the configured mode. @param page its path, such as `webhooks` */
export function dashboardUrl(page: string): string {
  return `https://dashboard.stripe.com/${isLivemode() ? '' : 'test/'}${page}`;
}
