import { type Context, VERSION } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
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
import { EVENT_TYPES } from './event-types';
import { url } from './fields';

const MOST_ENDPOINTS = 16;

const createFields = {
  api_version: apiVersion(),
  connect: noConnect(),
  description: unsettable(string()),
  enabled_events: required(enabledEvents()),
  metadata: metadata(),
  url: required(url()),
};

const updateFields = {
  description: unsettable(string()),
  disabled: boolean(),
  enabled_events: enabledEvents(),
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
  if (ctx.world.webhook_endpoint.size >= MOST_ENDPOINTS) {
    throw invalidRequest(`You have reached the maximum of ${MOST_ENDPOINTS} webhook endpoints.`);
  }
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
  return refine(string(), (version, path) => {
    if (VERSION.test(version)) return version;
    throw invalidRequest(`Invalid API version: ${version}`, path);
  });
}

/** The types an endpoint asks for; `*` is all of them and stands alone. */
function enabledEvents(): Schema<string[]> {
  return refine(array(string(), { max: 400 }), (types, path) => {
    if (types.length === 0) throw invalidRequest('You must enable at least one event.', path);
    for (const [at, type] of types.entries()) {
      if (type === '*' ? types.length === 1 : EVENT_TYPES.has(type)) continue;
      throw invalidRequest(
        type === '*'
          ? 'The `*` event stands for all events and cannot be listed with others.'
          : `Invalid ${path}[${at}]: ${type} is not an event this version can send.`,
        `${path}[${at}]`,
      );
    }
    return types;
  });
}
