import { fromVersion, refusalIn } from '../core/from-version';
import type { Route } from '../core/route';
import { unknownPath } from '../core/unsupported';
import { isJson, type VersionChange } from '../core/version-change';
import { basil } from './basil';
import { clover } from './clover';
import { dahlia } from './dahlia';
import { endive } from './endive';

/** What Stripe's versions changed other than by adding to it. A version becomes known by its line here. */
export const changes: readonly VersionChange[] = [basil, clover, dahlia, endive];

/** The routes, and those that only former versions have. */
export function withFormer(routes: readonly Route[]): Route[] {
  const former = changes.flatMap(({ version, endpoints = {} }) =>
    Object.entries(endpoints).map(([endpoint, { now, reply }]): Route => {
      const [method = '', path = ''] = endpoint.split(' ');
      const successor = routes.find((one) => `${one.method} /${one.segments.join('/')}` === now);
      if (!successor) throw new Error(`${now} is to answer ${endpoint}, but is not there`);
      return {
        ...successor,
        method,
        segments: path.split('/').slice(1),
        right: method === 'GET' ? successor.right.replace('_write', '_read') : successor.right,
        perform(ctx, tree, values) {
          if (ctx.version >= version) throw unknownPath(method, path, ctx.version);
          try {
            const done = successor.perform(ctx, fromVersion(ctx, endpoint, tree), values);
            return { ...done, reply: isJson(done.reply) ? reply(done.reply, tree) : done.reply };
          } catch (error) {
            throw refusalIn(ctx, endpoint, error);
          }
        },
      };
    }),
  );
  return [...routes, ...former];
}
