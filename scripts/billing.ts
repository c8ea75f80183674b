import nextEnv from '@next/env';
import { type Change, diffCatalogue, pushCatalogue } from '@/lib/billing/push';
import { EnvironmentError } from '@/lib/env';
import { endpointCommand } from './billing-endpoint';
import { reconcileCommand } from './billing-reconcile';
import { replayCommand } from './billing-replay';
import { UsageError } from './parse-time';

/** `npm run billing -- COMMAND`: what an operator does to billing from the command line. */
const commands: Record<string, (typed: string[]) => Promise<number>> = {
  async push() {
    report(await pushCatalogue(), 'Nothing to change: Stripe has the catalogue.');
    return 0;
  },
  async diff() {
    const changes = await diffCatalogue();
    report(changes, 'No difference: Stripe has the catalogue.');
    return changes.length > 0 ? 2 : 0;
  },
  endpoint: endpointCommand,
  reconcile: reconcileCommand,
  replay: replayCommand,
};

const isJson = process.argv.includes('--json');

function report(changes: Change[], nothing: string): void {
  if (isJson) {
    console.log(JSON.stringify({ changes }));
    return;
  }
  for (const { object, action, details } of changes) {
    console.log([`${action} ${object}`, ...details].join('\n    '));
  }
  if (changes.length === 0) console.log(nothing);
}

async function main(): Promise<number> {
  const command = commands[process.argv[2] ?? ''];
  if (!command) {
    console.error(
      'Usage: npm run billing -- COMMAND [--json]\n\n' +
        '  push   make Stripe have the plan catalogue and the portal configuration\n' +
        '  diff   show what push would change (exit code 2 when something differs)\n' +
        '  endpoint\n' +
        '         make Stripe deliver our events to NEXTAUTH_URL; prints the secret of a new endpoint\n\n' +
        '  reconcile [--all | --customer ID | --since TIME] [--fix] [--rate N]\n' +
        '         compare our database with Stripe: customers whose events were missed since the last\n' +
        '         run, or since a time, or one customer, or all; --fix repairs (exit code 2: drift left)\n' +
        '  replay EVENT… | --failed | --since TIME\n' +
        '         process events again\n\n' +
        'TIME is 2026-11-21, 2026-11-21T10:00:00Z, Unix seconds, or 7d for seven days ago.',
    );
    return 64;
  }
  nextEnv.loadEnvConfig(process.cwd(), process.env.NODE_ENV !== 'production', {
    info() {},
    error: console.error,
  });
  return command(process.argv.slice(3));
}

try {
  process.exit(await main());
} catch (error) {
  const isTheirs = error instanceof EnvironmentError || error instanceof UsageError;
  const isTyped = error instanceof TypeError && 'code' in error;
  console.error(isTheirs || isTyped ? error.message : error);
  process.exit(error instanceof UsageError || isTyped ? 64 : 1);
}
