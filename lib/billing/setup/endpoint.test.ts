import Stripe from 'stripe';
import { beforeEach, expect, it } from 'vitest';
import { resourceOfEvent } from '../mirror/resources';
import { stripe } from '../stripe';
import { webhookEvents } from '../webhook/event-types';
import { pushEndpoint, webhookUrl } from './endpoint';

beforeEach(async () => {
  const { data } = await stripe().webhookEndpoints.list();
  await Promise.all(data.map(({ id }) => stripe().webhookEndpoints.del(id)));
});

it('makes an endpoint with every event that changes the mirror, and tells its secret', async () => {
  const pushed = await pushEndpoint();
  expect(pushed).toMatchObject({ action: 'created', secret: expect.stringMatching(/^whsec_/) });
  expect(await stripe().webhookEndpoints.retrieve(pushed.id)).toMatchObject({
    url: webhookUrl(),
    status: 'enabled',
    api_version: Stripe.API_VERSION,
    enabled_events: [...webhookEvents],
  });
});

it('changes nothing the second time', async () => {
  const { id } = await pushEndpoint();
  expect(await pushEndpoint()).toEqual({ action: 'unchanged', id });
});

it('enables an endpoint, adds what it lacks, and keeps what somebody added', async () => {
  const { id } = await stripe().webhookEndpoints.create({
    url: webhookUrl(),
    enabled_events: ['invoice.paid', 'charge.captured'],
  });
  await stripe().webhookEndpoints.update(id, { disabled: true });
  expect(await pushEndpoint()).toEqual({ action: 'updated', id });
  expect(await stripe().webhookEndpoints.retrieve(id)).toMatchObject({
    status: 'enabled',
    enabled_events: [...webhookEvents, 'charge.captured'],
  });
});

it('leaves endpoints with other addresses alone', async () => {
  const other = await stripe().webhookEndpoints.create({
    url: 'https://other.example.com/',
    enabled_events: ['*'],
  });
  expect(await pushEndpoint()).toMatchObject({ action: 'created' });
  expect(await stripe().webhookEndpoints.retrieve(other.id)).toMatchObject({ status: 'enabled' });
});

it.each(webhookEvents)('asks for %s because it tells of something that we mirror', (type) => {
  expect(resourceOfEvent(type)).not.toBeNull();
});
