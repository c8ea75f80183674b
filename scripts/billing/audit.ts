import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { audit, auditEntries, pseudonymOf } from '@/lib/audit';
import { auditWords } from '@/lib/audit-words';
import { parseEmailAddress } from '@/lib/auth/email-address';
import { db } from '@/lib/db';
import { UsageError } from './parse-time';

const MISSING = 1;
const LATEST = 200;

/**
 * `npm run billing -- audit [EMAIL_OR_CUSTOMER] [--json]`: who did what to somebody's money and access, the
 * newest first; without anybody, what operators did to the installation.
 *
 * @returns the exit code: 0 found, 1 when there is no such person
 */
export async function auditCommand(typed: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: typed,
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const [who, ...others] = positionals;
  if (others.length > 0) throw new UsageError('Give one e-mail address or customer (cus_…).');
  const userId = who === undefined ? null : await subjectOf(who);
  const entries = await auditEntries(userId, LATEST);
  if (who !== undefined && (!userId || (userId.startsWith('deleted:') && entries.length === 0))) {
    console.error(`Nobody with ${who} has or had an account here.`);
    return MISSING;
  }
  if (values.json) console.log(JSON.stringify({ account: userId, entries }));
  for (const { createdAt, actor, personId, details, ...entry } of values.json ? [] : entries) {
    const facts = Object.entries(details).map(([name, value]) => `${name}=${value}`);
    if (personId) facts.push(`person=${personId}`);
    const line = [createdAt.toISOString(), actor, auditWords({ ...entry, details }), ...facts];
    console.log(line.join('  '));
  }
  if (entries.length === 0 && !values.json) console.log('Nothing is recorded.');
  return 0;
}

/**
 * The account of an e-mail address or of Stripe's id of a customer; of a deleted account what stands for
 * it. Null when nobody has the address.
 */
export async function subjectOf(who: string): Promise<string | null> {
  const email = parseEmailAddress(who);
  if (email) return (await db().user.findUnique({ where: { email } }))?.id ?? null;
  if (!/^(cus|acct)_\w+$/.test(who)) {
    throw new UsageError(`"${who}" is not an e-mail address or a customer (cus_…).`);
  }
  const [customer, user, team] = await Promise.all([
    db().customer.findUnique({ where: { id: who } }),
    db().user.findUnique({ where: { stripeCustomerId: who } }),
    db().team.findUnique({ where: { stripeCustomerId: who } }),
  ]);
  return customer?.userId ?? user?.id ?? team?.id ?? pseudonymOf(who);
}

/** Records a command that changes something, with the name of whoever is logged in to this machine. */
export async function auditOperator(
  action: 'command' | 'extra_given' | 'extra_ended',
  details: Record<string, string | number | null>,
  userId: string | null = null,
): Promise<void> {
  const operator = userInfo().username;
  await audit({ userId, actor: 'operator', action, details: { ...details, operator } });
}
