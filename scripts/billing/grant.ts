import { parseArgs } from 'node:util';
import { parseEmailAddress } from '@/lib/auth/email-address';
import { featureNames, findFeature, findLimit, limitNames } from '@/lib/billing/plan-with';
import { features, limits } from '@/lib/billing/plans';
import { type Extra, endExtra, extrasOf, giveExtra } from '@/lib/grants';
import { auditOperator, subjectOf } from './audit';
import { parseTime, UsageError } from './parse-time';

const MISSING = 1;

/**
 * `npm run billing -- grant EMAIL [FEATURE|LIMIT=N] [--until DATE] [--reason TEXT] [--end] [--json]`:
 * gives somebody a feature or more of a limit, whatever their plan. Without one, it lists theirs.
 *
 * @returns the exit code: 0 done, 1 when there is no such person or nothing to end
 */
export async function grantCommand(typed: string[]): Promise<number> {
  const { email, item, until, reason, end, json } = parse(typed);
  if (item && end && !(await endExtra(email, item.name))) {
    console.error(`${email} does not have ${item.name}.`);
    return MISSING;
  }
  if (item && !end) await giveExtra(email, { ...item, until, reason });
  const userId = item && (await subjectOf(email));
  if (userId) {
    const details = end
      ? { name: item.name }
      : { ...item, until: until?.toISOString() ?? null, reason };
    await auditOperator(end ? 'extra_ended' : 'extra_given', details, userId);
  }
  const extras = await extrasOf(email);
  if (!extras) {
    console.error(`Nobody with the address ${email} has an account.`);
    return MISSING;
  }
  console.log(json ? JSON.stringify({ email, extras }) : words(email, extras));
  return 0;
}

function parse(typed: string[]) {
  const { values, positionals } = parseArgs({
    args: typed,
    allowPositionals: true,
    options: {
      until: { type: 'string' },
      reason: { type: 'string' },
      end: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const [address, what, ...others] = positionals;
  const email = parseEmailAddress(address);
  if (!email || others.length > 0) {
    throw new UsageError('Give the e-mail address of a person, then what they are given.');
  }
  const { until, reason = null, end = false, json = false } = values;
  if (what === undefined && (until || reason || end)) throw new UsageError(`Give ${choices}.`);
  return {
    email,
    item: what === undefined ? null : parseItem(what, end),
    until: until === undefined ? null : parseEnd(until),
    reason,
    end,
    json,
  };
}

const choices = `a feature (${featureNames.join(', ')}) or a limit (${limitNames.map((name) => `${name}=N`).join(', ')})`;

/** @param end whether the amount of a limit may be left out, because it is to be taken back */
function parseItem(text: string, end: boolean) {
  const [name, number] = text.split('=');
  const feature = number === undefined ? findFeature(name) : undefined;
  if (feature) return { name: feature, amount: null };
  const limit = findLimit(name);
  const amount = Number(number ?? (end ? 0 : Number.NaN));
  if (!limit || !Number.isSafeInteger(amount) || amount < 0) {
    throw new UsageError(`"${text}" is not ${choices}.`);
  }
  return { name: limit, amount };
}

/** A date means that whole day. */
function parseEnd(text: string): Date {
  return parseTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999Z` : text);
}

function words(email: string, extras: readonly Extra[]): string {
  if (extras.length === 0) return `${email} has nothing beyond their plan.`;
  return [
    `${email} has beyond their plan:`,
    ...extras.map((extra) => {
      const { name, amount, until, reason } = extra;
      const what = amount === null ? features[name] : `${amount} ${limits[name].many}`;
      const when = until
        ? `, ${until > new Date() ? 'until' : 'ended'} ${until.toISOString()}`
        : '';
      return `    ${what}${when}${reason ? ` (${reason})` : ''}`;
    }),
  ].join('\n');
}
