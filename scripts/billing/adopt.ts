import { parseArgs } from 'node:util';
import { adopt, type Found, findAdoptable, type Match } from '@/lib/billing/adopt';

const LEFT = 2;

/**
 * `npm run billing -- adopt [--apply] [--json]`: shows which customers at Stripe belong to users of ours
 * who have none, and links them.
 *
 * @returns the exit code: 0, or 2 when something is left to link or to clear up
 */
export async function adoptCommand(typed: string[]): Promise<number> {
  const { values } = parseArgs({
    args: typed,
    options: { apply: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const matches = await findAdoptable();
  const clear = matches.filter(({ unclear }) => !unclear);
  let linked = 0;
  if (values.apply) {
    for (const match of clear) if (await adopt(match)) linked++;
  }
  if (values.json) console.log(JSON.stringify({ matches, linked }));
  else
    console.log([...matches.map(words), summary(clear.length, matches.length, linked)].join('\n'));
  return linked < matches.length ? LEFT : 0;
}

function words({ user, customers, by, unclear }: Match): string {
  const found = customers.map(customerWords);
  if (!unclear) return [`link ${user.email}, by ${by}`, ...found].join('\n    ');
  const why =
    unclear === 'several'
      ? `several customers. Set the metadata userId to ${user.id} on the right one`
      : 'they have not proved that the address is theirs: they do by signing in by e-mail';
  return [`unclear ${user.email}: ${why}`, ...found].join('\n    ');
}

function customerWords({ id, subscriptions }: Found): string {
  const paid = subscriptions.map(
    (each) => `${each.id} ${each.status}, ${each.plan ?? 'not a plan of the catalogue'}`,
  );
  return `${id}: ${paid.join('; ') || 'no subscription'}`;
}

function summary(clear: number, all: number, linked: number): string {
  if (all === 0) return 'Nothing to adopt: no user without a customer has one at Stripe.';
  const unclear = all - clear === 0 ? '' : ` ${all - clear} unclear.`;
  return linked > 0 || clear === 0
    ? `Linked ${linked}.${unclear}`
    : `${clear} to link.${unclear} Add --apply to link.`;
}
