import { expect, it } from 'vitest';
import { env } from '../env';
import { catalogueId } from './catalogue-objects';
import { BillingError } from './errors';
import { createPortalUrl } from './portal';
import { createSubscriber, createUser, requestsDuring } from './testing';

it('opens the portal of the customer in our own record, in one Stripe request', async () => {
  const { user, customer } = await createSubscriber();
  let url = '';
  const requests = await requestsDuring(async () => {
    url = await createPortalUrl(user, { flow: 'home' }, null);
  });
  expect(new URL(url).protocol).toMatch(/^https?:$/);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    status: 200,
    parameters: {
      customer,
      configuration: await catalogueId('portal:default'),
      return_url: `${env().NEXTAUTH_URL}/billing/return`,
    },
  });
});

it('says so, without asking Stripe, when there is no customer yet', async () => {
  const user = await createUser();
  const requests = await requestsDuring(async () => {
    await expect(createPortalUrl(user, { flow: 'home' }, null)).rejects.toThrow(BillingError);
  });
  expect(requests).toEqual([]);
});
