import type { Context } from '../../core/context';

/** The connected account a world is of, as in `test/acct_…`; none for the platform's own. */
export function accountOf(worldName: string): string | undefined {
  return worldName.split('/')[1];
}

/** What stands for the key that a world belongs to, as in `test:…`; none where keys share it. */
export function keyOf(worldName: string): string | undefined {
  return worldName.split('/')[0]?.split(':')[1];
}

/** How people know a world beside the platform's. */
export function worldTitle(worldName: string): string {
  const [key, account] = [keyOf(worldName), accountOf(worldName)];
  return [key && `key ${key}`, account].filter(Boolean).join(' · ');
}

/** How an address names a world: nothing for the platform's test mode. */
export function worldQuery(ctx: Context): URLSearchParams {
  const account = accountOf(ctx.worldName);
  const key = keyOf(ctx.worldName);
  return new URLSearchParams({
    ...(ctx.livemode && { mode: 'live' }),
    ...(key && { key }),
    ...(account && { account }),
  });
}

/** A page of the dashboard, about the same world. */
export function worldPath(ctx: Context, path: string): string {
  const query = worldQuery(ctx);
  return query.size > 0 ? `${path}?${query}` : path;
}
