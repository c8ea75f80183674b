import { isWithin, paging, timeRange } from '../core/list';
import { array, boolean, exclusive, string } from '../core/params';
import { type Resource, route } from '../core/route';
import { hasEvent } from '../core/surface';

export const events: Resource = {
  routes: [
    route(
      'GET /v1/events',
      {
        right: 'event',
        params: {
          ...paging,
          created: timeRange(),
          delivery_success: boolean(),
          type: string(),
          types: array(string(), { max: 20 }),
        },
      },
      (ctx, params) => {
        exclusive(params, 'type', 'types');
        const { delivery_success: delivered, type, types } = params;
        const exact = type?.includes('*') ? undefined : type;
        const matches = matcherOf(types ?? (type === undefined ? undefined : [type]));
        return ctx.list('event', params, '/v1/events', {
          by: ['type', exact],
          where: (event) =>
            isWithin(event.created, params.created) &&
            matches(event.type) &&
            hasEvent(event.api_version, event.type) &&
            (delivered === undefined || (event.pending_webhooks === 0) === delivered),
        });
      },
    ),
    route('GET /v1/events/:event', { right: 'event', params: {} }, (ctx, _params, path) =>
      ctx.get('event', path.event),
    ),
  ],
};

/** `customer.subscription.*` stands for all types below it. */
function matcherOf(patterns: readonly string[] | undefined): (type: string) => boolean {
  if (!patterns) return () => true;
  return (type) =>
    patterns.some((pattern) =>
      pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
    );
}
