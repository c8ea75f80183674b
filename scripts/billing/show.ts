import { parseArgs } from 'node:util';
import { billingNumbers } from '@/lib/billing/repair/numbers';
import { UsageError } from './parse-time';
import { showPerson } from './show-person';

/**
 * `npm run billing -- show [EMAIL_OR_CUSTOMER] [--json]`: how billing is doing, in the numbers that
 * docs/operations.md says to watch; with a person, what we hold about their billing.
 *
 * @returns the exit code: 0 shown, 1 when there is no such person
 */
export async function showCommand(typed: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: typed,
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const [who, ...others] = positionals;
  if (others.length > 0) throw new UsageError('Give one e-mail address or customer (cus_…).');
  if (who !== undefined) return showPerson(who, values.json ?? false);
  const numbers = await billingNumbers();
  if (values.json) console.log(JSON.stringify(numbers));
  else for (const line of lines(numbers)) console.log(line);
  return 0;
}

/** `webhooks.lagSeconds  3`, a line for each number. */
function lines(numbers: object, above = ''): string[] {
  return Object.entries(numbers).flatMap(([name, value]) => {
    const path = above ? `${above}.${name}` : name;
    if (value !== null && typeof value === 'object') return lines(value, path);
    return `${path.padEnd(28)} ${value ?? 'none yet'}`;
  });
}
