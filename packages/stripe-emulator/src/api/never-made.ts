import { paging, timeRange } from '../core/list';
import { type Fields, id } from '../core/params';
import { type Resource, type Route, route } from '../core/route';
import type { TableName } from '../core/tables';

const ofPayment = { charge: id(), payment_intent: id() };

/**
 * What nothing in the emulator brings about: no card is disputed.
 * Their lists are truly empty, and who copies a whole account asks for them.
 */
export const neverMade: Resource = {
  routes: [
    ...readers('disputes', 'dispute', ofPayment),
    ...readers('radar/early_fraud_warnings', 'radar.early_fraud_warning', ofPayment),
  ],
};

function readers(path: string, table: TableName, filters: Fields): Route[] {
  const right = path.split('/').at(-1)?.replace(/s$/, '') ?? path;
  const params = { ...paging, created: timeRange(), ...filters };
  return [
    route(`GET /v1/${path}`, { right, params }, (ctx, { limit, starting_after, ending_before }) =>
      ctx.list(table, { limit, starting_after, ending_before }, `/v1/${path}`),
    ),
    route(`GET /v1/${path}/:id`, { right, params: {} }, (ctx, _params, { id: asked }) =>
      ctx.get(table, asked),
    ),
  ];
}
