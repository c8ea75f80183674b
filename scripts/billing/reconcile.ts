import { parseArgs } from 'node:util';
import { describeDrift } from '@/lib/billing/repair/drift';
import { reconcile } from '@/lib/billing/repair/reconcile';
import type { Progress, Report } from '@/lib/billing/repair/report';
import { parseTime, UsageError } from './parse-time';

const DRIFT_LEFT = 2;
const GAP = 3;
const INTERRUPTED = 130;
const MILLISECONDS_BETWEEN_LINES = 2_000;
/** Ctrl-C reaches us twice: from the terminal, and from npm. */
const MILLISECONDS_OF_ONE_STOP = 1_000;

/**
 * `npm run billing -- reconcile [--all] [--customer ID] [--since TIME] [--fix] [--rate N] [--json]`
 *
 * @returns the exit code: 0 no drift, 2 drift left, 1 something could not be checked, 130 stopped, 3 when
 *   the last complete run was over thirty days ago, so that every customer was checked
 */
export async function reconcileCommand(typed: string[]): Promise<number> {
  const { all, customer, since, fix, rate, json } = parse(typed);
  const report = await reconcile({
    scope: customer ? { customer } : all ? 'all' : undefined,
    since: since === undefined ? undefined : parseTime(since),
    fix,
    rate: rate ? Number(rate) : undefined,
    signal: stopSignal(),
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
  const { all, customer, since, rate } = values;
  if ([all, customer !== undefined, since !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('Give one of --all, --customer ID and --since TIME.');
  }
  if (customer === '') throw new UsageError('--customer is the id of a customer (cus_…).');
  if (rate !== undefined && !(Number(rate) > 0 && Number(rate) <= 1_000)) {
    throw new UsageError('--rate is requests to Stripe a second, such as 20.');
  }
  return values;
}

/** Asked to stop, it ends after what is under way; asked again, at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let askedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) {
        askedAt = Date.now();
        console.error('Stopping. What is done stays done; the same command goes on from here.');
        stop.abort();
      } else if (Date.now() - askedAt > MILLISECONDS_OF_ONE_STOP) process.exit(INTERRUPTED);
    });
  }
  return stop.signal;
}

/** On a long run, a line every two seconds; stderr, as stdout is the report's. */
function progressLine(): (progress: Progress) => void {
  let next = Date.now() + MILLISECONDS_BETWEEN_LINES;
  let first: { at: number; checked: number } | undefined;
  return ({ listed, checked, total, found }) => {
    const now = Date.now();
    if (total > 0) first ??= { at: now, checked };
    if (now < next || (total > 0 && checked === total)) return;
    next = now + MILLISECONDS_BETWEEN_LINES;
    const done = [
      listed > 0 ? `${count(listed, 'event')} listed` : '',
      total > 0 ? `${checked} of ${count(total, 'customer')} checked, ${found} with drift` : '',
      first && checked > first.checked && total > checked
        ? `about ${Math.ceil(((now - first.at) / (checked - first.checked) / 1000) * (total - checked))} s left`
        : '',
    ];
    console.error(done.filter(Boolean).join(', '));
  };
}

function words({ found, failed, checked, missedEvents, ...rest }: Report): string {
  const { strangers, complete, gapSince } = rest;
  const lines = found.flatMap(({ customer, differences, fixed }) => [
    `${customer} ${fixed ? 'differed, and is repaired' : 'differs'}:`,
    ...differences.map((difference) => `    ${describeDrift(difference)}`),
  ]);
  lines.push(...failed.map(({ customer, error }) => `${customer} could not be checked: ${error}`));
  if (gapSince) {
    lines.push(
      `The last complete run was on ${gapSince.toISOString().slice(0, 10)}, and Stripe keeps events for thirty days. So every customer was checked, not only those with events.`,
    );
  }
  const left = found.filter(({ fixed }) => !fixed).length;
  const repaired = found.length - left;
  lines.push(
    [
      `${count(checked, 'customer')} checked, ${count(missedEvents, 'event')} had not had an effect.`,
      strangers > 0 ? `${count(strangers, 'customer')} of events are none of ours.` : '',
      repaired > 0 ? `${count(repaired, 'customer')} repaired.` : '',
      left > 0 ? `Drift left in ${count(left, 'customer')}: add --fix to repair it.` : '',
      complete && found.length + failed.length === 0 ? 'No drift.' : '',
      complete ? '' : 'Stopped before the end: the same command goes on from here.',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return lines.join('\n');
}

function exitCode({ found, failed, complete, gapSince }: Report): number {
  if (!complete) return INTERRUPTED;
  if (found.some(({ fixed }) => !fixed)) return DRIFT_LEFT;
  if (failed.length > 0) return 1;
  return gapSince ? GAP : 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
