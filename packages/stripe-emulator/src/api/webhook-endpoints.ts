import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  boolean,
  type FieldOutputs,
  refine,
  required,
  type Schema,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { readVersion } from '../core/version-change';
import { checkEvents, eventTypes, refuseTooMany } from './event-types';
import { url } from './fields';

const createFields = {
  api_version: apiVersion(),
  connect: noConnect(),
  description: unsettable(string()),
  enabled_events: required(eventTypes()),
  metadata: metadata(),
  url: required(url()),
};

const updateFields = {
  description: unsettable(string()),
  disabled: boolean(),
  enabled_events: eventTypes(),
  metadata: metadata(),
  url: url(),
};

export const webhookEndpoints: Resource = {
  routes: [
    route('POST /v1/webhook_endpoints', { right: 'webhook', params: createFields }, createEndpoint),
    route('GET /v1/webhook_endpoints', { right: 'webhook', params: paging }, (ctx, params) =>
      ctx.list('webhook_endpoint', params, '/v1/webhook_endpoints'),
    ),
    route(
      'GET /v1/webhook_endpoints/:webhook_endpoint',
      { right: 'webhook', params: {} },
      (ctx, _params, path) => ctx.get('webhook_endpoint', path.webhook_endpoint),
    ),
    route(
      'POST /v1/webhook_endpoints/:webhook_endpoint',
      { right: 'webhook', params: updateFields },
      updateEndpoint,
    ),
    route(
      'DELETE /v1/webhook_endpoints/:webhook_endpoint',
      { right: 'webhook', params: {} },
      (ctx, _params, path) => {
        const endpoint = ctx.get('webhook_endpoint', path.webhook_endpoint);
        ctx.world._secret.delete(endpoint.id);
        return ctx.remove('webhook_endpoint', endpoint.id);
      },
    ),
  ],
};

/** The secret is in this reply and in no other. */
function createEndpoint(
  ctx: Context,
  params: FieldOutputs<typeof createFields>,
): Stored<'webhook_endpoint'> {
  refuseTooMany(ctx);
  checkEvents(params.enabled_events, params.api_version ?? ctx.core.apiVersion);
  const endpoint = ctx.insert('webhook_endpoint', {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: params.api_version ?? null,
    application: null,
    created: ctx.now,
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, params.metadata),
    status: 'enabled',
    url: params.url,
  });
  const secret = `whsec_${randomText(32)}`;
  ctx.world._secret.put({ id: endpoint.id, secrets: [{ secret, expires_at: null }] });
  return { ...endpoint, secret };
}

function updateEndpoint(
  ctx: Context,
  params: FieldOutputs<typeof updateFields>,
  path: { readonly webhook_endpoint: string },
): Stored<'webhook_endpoint'> {
  const endpoint = ctx.get('webhook_endpoint', path.webhook_endpoint);
  checkEvents(params.enabled_events ?? [], endpoint.api_version ?? ctx.core.apiVersion);
  const { disabled, metadata: change, ...plain } = params;
  return ctx.update('webhook_endpoint', endpoint.id, {
    ...plain,
    ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }),
    metadata: mergeMetadata(endpoint.metadata, change),
  });
}

/** Events of a connected account go to the endpoints made in its name. */
function noConnect(): Schema<boolean> {
  return refine(boolean(), (connect, path) => {
    if (!connect) return connect;
    throw invalidRequest(
      'The emulator has no endpoints for connected accounts: make one for each, with `Stripe-Account`.',
      path,
    );
  });
}

function apiVersion(): Schema<string> {
  return refine(string(), readVersion);
}
