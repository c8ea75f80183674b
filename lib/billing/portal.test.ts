import { afterEach, describe, expect, it } from 'vitest';
import {
  breakStripe,
  createSubscriber,
  createTeam,
  createUser,
  dearerPlan,
  mendStripe,
  requestsDuring,
} from '@/test/support/integration';
import { startPlan } from '@/test/support/subscribers';
import { auditEntries } from '../audit';
import { db } from '../db';
import { env } from '../env';
import { findBillingAccount } from './account';
import { catalogueId, rememberCatalogueId } from './catalogue-objects';
import { ensureCustomer } from './customer';
import { syncCustomer } from './mirror/sync';
import { dearerPlans, lookupKey, plansFrom, productId, retentionOffer } from './plans';
import { createPortalUrl } from './portal';
import type { PortalPurpose } from './portal-flow';
import { stripe } from './stripe';

afterEach(mendStripe);

const backWhenDone = (flow: string) => ({
  type: 'redirect',
  redirect: { return_url: `${env().NEXTAUTH_URL}/billing/return?done=${flow}` },
});

it('opens the portal of the customer in our own record, in one Stripe request', async () => {
  const { account, customer } = await createSyncedSubscriber();
  const request = await onlyRequest(() => createPortalUrl(account, { flow: 'home' }, 'de'));
  expect(request).toMatchObject({ method: 'POST', path: '/v1/billing_portal/sessions' });
  expect(request.parameters).toEqual({
    customer,
    configuration: await catalogueId('portal:default'),
    return_url: `${env().NEXTAUTH_URL}/billing/return`,
    locale: 'de',
    after_expiration: {
      type: 'customer_login',
      customer_login: { expires_at: expect.stringMatching(/^\d+$/) },
    },
  });
});

it('offers nobody a plan that is cheaper than theirs, because it would begin at once', async () => {
  for (const plan of dearerPlans) {
    const { customer, user } = await createSubscriber(lookupKey(plan, 'month'));
    await syncCustomer(customer);
    const account = await findBillingAccount(user.id);
    const request = await onlyRequest(() => createPortalUrl(account, { flow: 'home' }, null));
    const configuration = await catalogueId(`portal:${plan.name}`);
    expect(request.parameters.configuration).toBe(configuration);
    const { features } = await stripe().billingPortal.configurations.retrieve(configuration, {
      expand: ['features.subscription_update.products'],
    });
    const offered = features.subscription_update.products?.map(({ product }) => product);
    expect(offered).toEqual(plansFrom(plan).map(productId));
  }
});

it('lets a team change its plan on our pages only, where seats follow its members', async () => {
  const team = await createTeam(2);
  const { customer } = await startPlan(team);
  await syncCustomer(customer);
  const account = await findBillingAccount(team.id);
  const request = await onlyRequest(() => createPortalUrl(account, { flow: 'home' }, null));
  const configuration = await catalogueId('portal:shared');
  expect(request.parameters).toMatchObject({ customer, configuration });
  const { features } = await stripe().billingPortal.configurations.retrieve(configuration);
  expect(features.subscription_update.enabled).toBe(false);
  expect(features.subscription_cancel.enabled).toBe(true);
});

describe('each flow is one request, for the subscription in our own record', () => {
  it.each<[PortalPurpose, (subscription: string, item: string) => object]>([
    [{ flow: 'payment_method_update' }, () => ({})],
    [{ flow: 'customer_update' }, () => ({})],
    [
      { flow: 'subscription_cancel', offer: retentionOffer.name },
      (subscription) => ({
        subscription_cancel: {
          subscription,
          retention: { type: 'coupon_offer', coupon_offer: { coupon: retentionOffer.name } },
        },
      }),
    ],
    [
      { flow: 'subscription_cancel' },
      (subscription) => ({ subscription_cancel: { subscription } }),
    ],
    [{ flow: 'subscription_pause' }, (subscription) => ({ subscription_pause: { subscription } })],
    [
      { flow: 'subscription_update' },
      (subscription) => ({ subscription_update: { subscription } }),
    ],
    [
      {
        flow: 'subscription_update_confirm',
        plan: dearerPlan,
        interval: 'year',
        discount: { coupon: retentionOffer.name },
      },
      (subscription, item) => ({
        subscription_update_confirm: {
          subscription,
          items: [{ id: item, price: expect.stringMatching(/^price_/), quantity: '1' }],
          discounts: [{ coupon: retentionOffer.name }],
        },
      }),
    ],
  ])('%j', async (purpose, own) => {
    const { account, subscription } = await createSyncedSubscriber();
    const request = await onlyRequest(() => createPortalUrl(account, purpose, null));
    const item = subscription.items.data[0]?.id ?? '';
    expect(request.parameters.flow_data).toEqual({
      type: purpose.flow,
      after_completion: backWhenDone(purpose.flow),
      ...own(subscription.id, item),
    });
    expect(request.parameters.locale).toBe('auto');
  });

  it('ends where its completion says', async () => {
    const { account } = await createSyncedSubscriber();
    const portal = await onlyRequest(() =>
      createPortalUrl(account, { flow: 'payment_method_update', after: 'portal' }, null),
    );
    expect(portal.parameters.flow_data).toMatchObject({
      after_completion: { type: 'portal_homepage' },
    });
    const message = { message: 'See you soon.' };
    const hosted = await onlyRequest(() =>
      createPortalUrl(account, { flow: 'payment_method_update', after: message }, null),
    );
    expect(hosted.parameters.flow_data).toMatchObject({
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: { custom_message: 'See you soon.' },
      },
    });
  });
});

describe('it heals or explains', () => {
  it('nobody’s billing: says so, without asking Stripe', async () => {
    const account = await createUser();
    const requests = await requestsDuring(async () => {
      await expect(createPortalUrl(account, { flow: 'home' }, null)).rejects.toMatchObject({
        problem: 'no-customer',
      });
    });
    expect(requests).toEqual([]);
  });

  it('a customer deleted at Stripe: keeps the history, and the next Checkout has a new one', async () => {
    const { account, customer } = await createSyncedSubscriber();
    await stripe().customers.del(customer);
    await expect(createPortalUrl(account, { flow: 'home' }, null)).rejects.toMatchObject({
      problem: 'customer-gone',
    });
    expect(await db().invoice.count({ where: { customerId: customer } })).toBe(1);
    const healed = await findBillingAccount(account.id);
    expect(healed.customer).toBeNull();
    expect(await ensureCustomer(healed)).not.toBe(customer);
  });

  it('a customer of the other mode: is no customer here', async () => {
    const { account, customer } = await createSyncedSubscriber();
    await db().customer.update({ where: { id: customer }, data: { livemode: true } });
    expect((await findBillingAccount(account.id)).customer).toBeNull();
  });

  it('a plan that is ending already: opens the portal’s home', async () => {
    const { account, customer, subscription } = await createSyncedSubscriber();
    await stripe().subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await syncCustomer(customer);
    const fresh = await findBillingAccount(account.id);
    const request = await onlyRequest(() =>
      createPortalUrl(fresh, { flow: 'subscription_cancel' }, null),
    );
    expect(request.parameters.flow_data).toBeUndefined();
  });

  it('a plan that another tab has cancelled meanwhile: opens the home with a second request', async () => {
    const { account, subscription } = await createSyncedSubscriber();
    await stripe().subscriptions.cancel(subscription.id);
    const requests = await requestsDuring(() =>
      createPortalUrl(account, { flow: 'subscription_cancel' }, null),
    );
    expect(requests.map(({ status }) => status)).toEqual([400, 200]);
    expect(requests[1]?.parameters.flow_data).toBeUndefined();
  });

  it('a configuration that was pushed again elsewhere: finds it', async () => {
    const { account } = await createSyncedSubscriber();
    const right = await catalogueId('portal:default');
    await rememberCatalogueId('portal:default', 'bpc_of_before');
    await db().catalogueObject.updateMany({
      where: { name: 'portal:default' },
      data: { stripeId: right },
    });
    const requests = await requestsDuring(() => createPortalUrl(account, { flow: 'home' }, null));
    expect(requests.map(({ status }) => status)).toEqual([400, 200]);
    expect(requests[1]?.parameters.configuration).toBe(right);
  });

  it('a feature that somebody switched off: opens the home instead of the flow', async () => {
    const { account } = await createSyncedSubscriber();
    const configuration = await catalogueId('portal:default');
    const features = (enabled: boolean) => ({ features: { payment_method_update: { enabled } } });
    await stripe().billingPortal.configurations.update(configuration, features(false));
    const requests = await requestsDuring(() =>
      createPortalUrl(account, { flow: 'payment_method_update' }, null),
    );
    await stripe().billingPortal.configurations.update(configuration, features(true));
    expect(requests.map(({ status }) => status)).toEqual([400, 200]);
  });

  it.each(['429', '500', '503', 'reset', 'malformed'])(
    'Stripe answering %s: throws, so that the page can say so',
    async (kind) => {
      const { account } = await createSyncedSubscriber();
      await breakStripe({ on: 'POST /v1/billing_portal/sessions', kind, times: 9 });
      await expect(createPortalUrl(account, { flow: 'home' }, null)).rejects.toThrow();
    },
  );
});

it('records who opened what and when, and not where', async () => {
  const { account } = await createSyncedSubscriber();
  const url = await createPortalUrl(account, { flow: 'subscription_cancel' }, null);
  await expect.poll(() => auditEntries(account.id, 9)).toHaveLength(1);
  const entries = await auditEntries(account.id, 9);
  expect(entries).toMatchObject([
    {
      actor: 'person',
      action: 'portal_opened',
      createdAt: expect.any(Date),
      details: { purpose: 'subscription_cancel', requestId: expect.stringMatching(/^req_/) },
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain(new URL(url).pathname);
});

async function createSyncedSubscriber() {
  const { customer, subscription, user } = await createSubscriber();
  await syncCustomer(customer);
  return { customer, subscription, account: await findBillingAccount(user.id) };
}

async function onlyRequest(action: () => Promise<unknown>) {
  const [request, ...more] = await requestsDuring(action);
  expect(more).toEqual([]);
  if (!request) throw new Error('Stripe was not asked');
  return request;
}
