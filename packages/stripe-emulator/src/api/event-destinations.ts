import type { Context } from '../core/context';
import { type Destination, destination } from '../core/destinations';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { pageV2, pagingV2 } from '../core/list-v2';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  type FieldOutputs,
  missingParam,
  object,
  oneOf,
  required,
  string,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { isoTime, newThinEvent } from '../core/thin-event';
import { readVersion } from '../core/version-change';
import { checkEvents, eventTypes, refuseTooMany } from './event-types';
import { url } from './fields';

const right = 'event_destination';
const path = '/v2/core/event_destinations';

type Row = Stored<'v2.core.event_destination'>;

const include = array(oneOf(['webhook_endpoint.url']));

const createFields = {
  description: string(),
  enabled_events: required(eventTypes()),
  event_payload: required(oneOf(['snapshot', 'thin'])),
  include: array(oneOf(['webhook_endpoint.signing_secret', 'webhook_endpoint.url'])),
  metadata: metadata(),
  name: required(string()),
  snapshot_api_version: string(),
  type: required(oneOf(['webhook_endpoint'], ['amazon_eventbridge', 'azure_event_grid'])),
  webhook_endpoint: required(object({ url: required(url()) })),
};

const updateFields = {
  description: string(),
  enabled_events: eventTypes(),
  include,
  metadata: metadata(),
  name: string(),
  webhook_endpoint: object({ url: required(url()) }),
};

/** Where events are sent, as the second API has it: thin ones too. */
export const eventDestinations: Resource = {
  routes: [
    route('POST /v2/core/event_destinations', { right, params: createFields }, create),
    route(
      'GET /v2/core/event_destinations',
      { right, params: { ...pagingV2, include } },
      (ctx, params) => {
        const rows = [...ctx.world['v2.core.event_destination'].walk()];
        return pageV2(
          rows.map((row) => shown(row, params.include)),
          params,
          path,
        );
      },
    ),
    route(
      'GET /v2/core/event_destinations/:id',
      { right, params: { include } },
      (ctx, params, at) => shown(ctx.get('v2.core.event_destination', at.id), params.include),
    ),
    route('POST /v2/core/event_destinations/:id', { right, params: updateFields }, update),
    route('DELETE /v2/core/event_destinations/:id', { right, params: {} }, (ctx, _params, at) => {
      const row = ctx.get('v2.core.event_destination', at.id);
      ctx.world._secret.delete(row.id);
      ctx.world['v2.core.event_destination'].delete(row.id);
      return { id: row.id, object: row.object };
    }),
    route(
      'POST /v2/core/event_destinations/:id/disable',
      { right, params: {} },
      (ctx, _params, at) => {
        const status_details = { disabled: { reason: 'user' as const } };
        return shown(change(ctx, at.id, { status: 'disabled', status_details }));
      },
    ),
    route(
      'POST /v2/core/event_destinations/:id/enable',
      { right, params: {} },
      (ctx, _params, at) => {
        const changes = { status: 'enabled' as const, status_details: undefined };
        return shown(change(ctx, at.id, changes));
      },
    ),
    route('POST /v2/core/event_destinations/:id/ping', { right, params: {} }, ping),
  ],
};

function create(ctx: Context, params: FieldOutputs<typeof createFields>): object {
  refuseTooMany(ctx);
  const isThin = params.event_payload === 'thin';
  const version = params.snapshot_api_version;
  if (!isThin && version === undefined) throw missingParam('snapshot_api_version');
  if (isThin && version !== undefined) {
    throw invalidRequest(
      '`snapshot_api_version` can only be used with `event_payload` `snapshot`.',
      'snapshot_api_version',
    );
  }
  if (version !== undefined) readVersion(version, 'snapshot_api_version');
  checkEvents(params.enabled_events, isThin ? 'thin' : (version ?? ctx.core.apiVersion));
  const row: Row = {
    id: newId(ctx.livemode ? 'ed_live' : 'ed_test'),
    object: 'v2.core.event_destination',
    created: isoTime(ctx.now),
    description: params.description ?? '',
    enabled_events: params.enabled_events,
    event_payload: params.event_payload,
    events_from: ['@self'],
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    ...(version !== undefined && { snapshot_api_version: version }),
    status: 'enabled',
    type: params.type,
    updated: isoTime(ctx.now),
    webhook_endpoint: { url: params.webhook_endpoint.url },
  };
  ctx.insert('v2.core.event_destination', row);
  const secret = `whsec_${randomText(32)}`;
  ctx.world._secret.put({ id: row.id, secrets: [{ secret, expires_at: null }] });
  return shown(row, params.include, secret);
}

function update(
  ctx: Context,
  params: FieldOutputs<typeof updateFields>,
  at: { readonly id: string },
): object {
  const row = ctx.get('v2.core.event_destination', at.id);
  const { enabled_events: events, include: included, metadata: given, ...plain } = params;
  if (events) {
    checkEvents(events, row.event_payload === 'thin' ? 'thin' : (row.snapshot_api_version ?? ''));
  }
  const changed = change(ctx, row.id, {
    ...plain,
    ...(events && { enabled_events: events }),
    metadata: mergeMetadata(row.metadata ?? {}, given),
  });
  return shown(changed, included);
}

function change(ctx: Context, rowId: string, changes: Partial<Row>): Row {
  const row = ctx.get('v2.core.event_destination', rowId);
  return ctx.update('v2.core.event_destination', row.id, { ...changes, updated: isoTime(ctx.now) });
}

/** Sends the destination an event about itself. */
function ping(ctx: Context, _params: object, at: { readonly id: string }): object {
  const row = ctx.get('v2.core.event_destination', at.id);
  const to: Destination | undefined = destination(ctx, row.id);
  const event = newThinEvent(ctx, {
    related_object: { id: row.id, type: row.object, url: `${path}/${row.id}` },
    type: 'v2.core.event_destination.ping',
  });
  ctx.world['v2.core.event'].put(event);
  if (to) ctx.core.webhooks.send(ctx, event, to);
  return event;
}

/** What can be included is left out unless it was asked for; the secret is shown at creation alone. */
function shown(row: Row, included: readonly string[] = [], secret?: string): object {
  const isAsked = (name: string) => included.includes(`webhook_endpoint.${name}`);
  const { status_details: details, ...plain } = row;
  return {
    ...plain,
    ...(details && { status_details: details }),
    webhook_endpoint: {
      ...(secret !== undefined && isAsked('signing_secret') && { signing_secret: secret }),
      ...(isAsked('url') && { url: row.webhook_endpoint?.url }),
    },
  };
}
