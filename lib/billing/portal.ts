import type Stripe from 'stripe';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import { auditSoon, by } from '../audit';
import { env } from '../env';
import type { Locale } from '../locale';
import type { BillingAccount } from './account';
import { catalogueId, forgetCatalogueIds, type PortalName } from './catalogue-objects';
import { isCustomerGone } from './customer';
import { BillingError, logBillingError, refusedParam } from './errors';
import { syncRefusedCustomer } from './mirror/sync';
import { dearerPlans, lookupKey } from './plans';
import { flowData, type PortalPurpose } from './portal-flow';
import { idOf, isLivemode, stripe } from './stripe';
import { isOngoing } from './subscription-status';

/** For a day, somebody who opens an expired portal page can have Stripe mail them a new one. */
const RECOVERY_SECONDS = 24 * 60 * 60;

/**
 * Opens the Stripe Billing Portal for a user: one Stripe request; two when Stripe refuses the flow or
 * the configuration, since the portal's home is better than an error page.
 *
 * @param account the signed-in user's, from the session: customer and subscription are theirs by our
 *   own record, and nothing of it comes from the browser
 * @param purpose what to open it for
 * @param locale the language of its pages; null lets Stripe follow the browser
 * @returns `session.url`, to be redirected to at once and kept nowhere: it signs its bearer in
 * @throws BillingError `no-customer` for someone who never subscribed, `customer-gone` when Stripe no
 *   longer has the customer, `not-set-up` before the portal configuration was pushed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function createPortalUrl(
  account: BillingAccount,
  purpose: PortalPurpose,
  locale: Locale | null,
): Promise<AbsoluteUrl> {
  const { customer } = account;
  if (!customer) throw await withoutCustomer(account);
  const params = await sessionParams(account, customer, purpose, locale);
  const session = await createOrHeal(params, customer, account);
  const url = urlForOwner(session, customer);
  auditSoon({
    ...by(account),
    action: 'portal_opened',
    details: {
      purpose: session.flow?.type ?? 'home',
      // For looking it up in Stripe's log. The address is not kept: it signs in whoever has it.
      requestId: session.lastResponse.requestId,
    },
  });
  return url;
}

/** Why there is nothing to open: never a customer in this mode, or one that Stripe no longer has. */
async function withoutCustomer({ id, stripeCustomerId }: BillingAccount): Promise<BillingError> {
  if (!stripeCustomerId || !(await isCustomerGone(stripeCustomerId))) {
    return new BillingError('no-customer', `user ${id} has no customer`);
  }
  await syncRefusedCustomer(stripeCustomerId);
  return new BillingError('customer-gone', `Stripe no longer has ${stripeCustomerId}`);
}

type Params = Stripe.BillingPortal.SessionCreateParams;
type Session = Stripe.Response<Stripe.BillingPortal.Session>;

async function sessionParams(
  account: BillingAccount,
  customer: string,
  purpose: PortalPurpose,
  locale: Locale | null,
): Promise<Params> {
  const { NEXTAUTH_URL, STRIPE_ON_BEHALF_OF } = env();
  const price =
    purpose.flow === 'subscription_update_confirm'
      ? await catalogueId(lookupKey(purpose.plan, purpose.interval))
      : undefined;
  return {
    ...(isAccount(customer) ? { customer_account: customer } : { customer }),
    configuration: await catalogueId(`portal:${audience(account)}`),
    return_url: `${NEXTAUTH_URL}/billing/return`,
    locale: locale ?? 'auto',
    on_behalf_of: STRIPE_ON_BEHALF_OF,
    flow_data: flowData(purpose, account.subscription, price),
    after_expiration: {
      type: 'customer_login',
      customer_login: { expires_at: Math.floor(Date.now() / 1000) + RECOVERY_SECONDS },
    },
  };
}

/**
 * Who has nothing running any more sees invoices and cards, but no plan to change. The others see no
 * plan cheaper than theirs, because the portal would change to it at once. For a team the portal does not
 * know how many seats a plan has to have.
 */
function audience({ subscription, members }: BillingAccount): PortalName {
  if (!subscription || !isOngoing(subscription.status)) return 'lapsed';
  if (members !== null) return 'shared';
  return dearerPlans.find(({ name }) => name === subscription.plan)?.name ?? 'default';
}

async function createOrHeal(
  params: Params,
  customer: string,
  account: BillingAccount,
): Promise<Session> {
  try {
    return await stripe().billingPortal.sessions.create(params);
  } catch (error) {
    const refused = refusedParam(error);
    if (refused === null) throw error;
    if (refused === 'customer' || refused === 'customer_account') {
      if (!(await syncRefusedCustomer(customer))) throw error;
      throw new BillingError('customer-gone', `Stripe no longer has ${customer}`, { cause: error });
    }
    const easier = await easierParams(params, refused, account);
    if (!easier) throw error;
    logBillingError(error);
    return await stripe().billingPortal.sessions.create(easier);
  }
}

/** The same request with what was pushed since, else without what Stripe refused. */
async function easierParams(
  params: Params,
  refused: string,
  account: BillingAccount,
): Promise<Params | null> {
  forgetCatalogueIds();
  const { flow_data, ...home } = params;
  if (refused.startsWith('configuration')) {
    const configuration = await catalogueId(`portal:${audience(account)}`);
    const isNew = configuration !== params.configuration;
    // Without one, Stripe takes the default that its Dashboard saves.
    return isNew ? { ...params, configuration } : { ...home, configuration: undefined };
  }
  return flow_data ? home : null;
}

/** Where to send the customer; a session that is not theirs, or not of this mode, is refused. */
function urlForOwner(session: Session, customer: string): AbsoluteUrl {
  const { id, url, configuration } = session;
  const owner = isAccount(customer) ? session.customer_account : session.customer;
  const isOurs =
    session.object === 'billing_portal.session' &&
    session.livemode === isLivemode() &&
    owner === customer;
  if (isOurs && isAbsoluteUrl(url) && isSecure(url)) return url;
  throw new BillingError(
    'unavailable',
    `${id} (${configuration ? idOf(configuration) : 'no configuration'}) is not a portal session of ${customer}`,
  );
}

/** Only a Stripe that is itself reached over plain HTTP may send people there. */
function isSecure(url: AbsoluteUrl): boolean {
  return url.startsWith('https:') || env().STRIPE_API_BASE?.startsWith('http:') === true;
}

/** Accounts (acct_…) can be customers too, and Stripe takes them in a field of their own. */
function isAccount(id: string): boolean {
  return id.startsWith('acct_');
}
