import { parseArgs } from 'node:util';
import { cancellationReasons } from '@/lib/billing/cancellation-reasons';
import { parseTime } from './parse-time';

/**
 * `npm run billing -- reasons [--since TIME] [--json]`
 *
 * @returns the exit code: 0
 */
export async function reasonsCommand(typed: string[]): Promise<number> {
  const { values } = parseArgs({
    args: typed,
    options: { since: { type: 'string' }, json: { type: 'boolean' } },
  });
  const reasons = await cancellationReasons(
    values.since === undefined ? undefined : parseTime(values.since),
  );
  if (values.json) {
    console.log(JSON.stringify({ reasons }));
    return 0;
  }
  for (const { reason, count, comments } of reasons) {
    // Quoted: what people wrote may hold control characters.
    console.log(
      [`${count} ${reason}`, ...comments.map((each) => JSON.stringify(each))].join('\n    '),
    );
  }
  if (reasons.length === 0) console.log('Nobody has canceled.');
  return 0;
}
