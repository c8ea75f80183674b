import { parseArgs } from 'node:util';
import { describe } from '@/lib/billing/reconcile/drift';
import { type Progress, type Report, reconcile } from '@/lib/billing/reconcile/reconcile';
import { parseTime, UsageError } from './parse-time';

const DRIFT_LEFT = 2;
const INTERRUPTED = 130;
const MILLISECONDS_BETWEEN_LINES = 2_000;

/**
 * `npm run billing -- reconcile [--all] [--customer ID] [--since TIME] [--fix] [--rate N] [--json]`
 *
 * @returns the exit code: 0 no drift, 2 drift left, 1 something could not be checked, 130 stopped
 */
export async function reconcileCommand(typed: string[]): Promise<number> {
  const { all, customer, since, fix, rate, json } = parse(typed);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    console.error('Stopping. What is done stays done; the same command goes on from here.');
    stop.abort();
  });
  const report = await reconcile({
    scope: customer ? { customer } : all ? 'all' : undefined,
    since: since ? parseTime(since) : undefined,
    fix,
    rate: rate ? Number(rate) : undefined,
    signal: stop.signal,
    onProgress: progressLine(),
  });
  if (customer && report.strangers > 0) {
    throw new UsageError(`${customer} is not a customer of ours in the configured mode.`);
  }
  console.log(json ? JSON.stringify(report) : words(report));
  return exitCode(report);
}

function parse(typed: string[]) {
  const { values } = parseArgs({
    args: typed,
    options: {
      all: { type: 'boolean' },
      customer: { type: 'string' },
      since: { type: 'string' },
      fix: { type: 'boolean' },
      rate: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  if (values.rate && !(Number(values.rate) > 0)) {
    throw new UsageError('--rate is requests to Stripe a second, such as 20.');
  }
  return values;
}

/** On a long run, a line every two seconds; stderr, as stdout is the report's. */
function progressLine(): (progress: Progress) => void {
  const startedAt = Date.now();
  let before: number | undefined;
  let next = startedAt + MILLISECONDS_BETWEEN_LINES;
  return ({ checked, total, found }) => {
    before ??= checked - 1;
    const now = Date.now();
    if (now < next) return;
    next = now + MILLISECONDS_BETWEEN_LINES;
    const seconds = Math.ceil(((now - startedAt) / (checked - before)) * (total - checked)) / 1000;
    console.error(
      `${checked} of ${total} customers, ${found} with drift, about ${Math.ceil(seconds)} s left`,
    );
  };
}

function words({ found, failed, checked, missedEvents, complete }: Report): string {
  const lines = found.flatMap(({ customer, differences, fixed }) => [
    `${customer} ${fixed ? 'differed, and is repaired' : 'differs'}:`,
    ...differences.map((difference) => `    ${describe(difference)}`),
  ]);
  lines.push(...failed.map(({ customer, error }) => `${customer} could not be checked: ${error}`));
  const left = found.filter(({ fixed }) => !fixed).length;
  const repaired = found.length - left;
  lines.push(
    [
      `${count(checked, 'customer')} checked, ${count(missedEvents, 'event')} had not had an effect.`,
      repaired > 0 ? `${count(repaired, 'customer')} repaired.` : '',
      left > 0 ? `Drift left in ${count(left, 'customer')}: add --fix to repair it.` : '',
      repaired + left === 0 && failed.length === 0 ? 'No drift.' : '',
      complete ? '' : 'Stopped before the end.',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return lines.join('\n');
}

function exitCode({ found, failed, complete }: Report): number {
  if (!complete) return INTERRUPTED;
  if (found.some(({ fixed }) => !fixed)) return DRIFT_LEFT;
  return failed.length > 0 ? 1 : 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
