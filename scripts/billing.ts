import Stripe from 'stripe';
import { CatalogueError } from '@/lib/billing/setup/lost-plans';
import { type Change, diffCatalogue, pushCatalogue } from '@/lib/billing/setup/push';
import { EnvironmentError } from '@/lib/env';
import { loadCommandEnvironment } from '../dev/shared-environment';
import { adoptCommand } from './billing/adopt';
import { auditCommand, auditOperator } from './billing/audit';
import { endpointCommand } from './billing/endpoint';
import { grantCommand } from './billing/grant';
import { UsageError } from './billing/parse-time';
import { reasonsCommand } from './billing/reasons';
import { reconcileCommand } from './billing/reconcile';
import { replayCommand } from './billing/replay';
import { showCommand } from './billing/show';

/** The exit code for what makes no sense as it was typed. */
const USAGE = 64;

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
  audit: auditCommand,
  adopt: adoptCommand,
  endpoint: endpointCommand,
  grant: grantCommand,
  reconcile: reconcileCommand,
  replay: replayCommand,
  reasons: reasonsCommand,
  show: showCommand,
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
        '  adopt [--apply]\n' +
        '         find customers at Stripe that belong to our users, by metadata or address; --apply links\n' +
        '         them (exit code 2: some left)\n' +
        '  grant EMAIL [FEATURE|LIMIT=N [--until DATE] [--reason TEXT] [--end]]\n' +
        '         give somebody a feature, or more of a limit, than their plan has; --end takes it back;\n' +
        '         without one, list what they were given\n\n' +
        '  reconcile [--all | --customer ID | --since TIME] [--fix] [--rate N]\n' +
        '         compare our database with Stripe: customers whose events were missed since the last\n' +
        '         run, or since a time, or one customer, or all; --fix repairs (exit code 2: drift left)\n' +
        '  replay EVENT… | --failed | --since TIME\n' +
        '         process events again\n' +
        '  audit [EMAIL|CUSTOMER]\n' +
        "         list who did what to a person's money and access, or to the installation\n" +
        '  reasons [--since TIME]\n' +
        '         count why people cancel, with what they wrote\n' +
        '  show [EMAIL|CUSTOMER]\n' +
        '         the numbers to watch: how late webhooks are, what failed, what limits refused; or what\n' +
        "         we hold about a person's billing, and what of it is not done yet\n\n" +
        'TIME is 2026-11-21, 2026-11-21T10:00:00Z, Unix seconds, or 7d for seven days ago.',
    );
    return USAGE;
  }
  await loadCommandEnvironment(process.cwd());
  // No command checks a signature, and there is none before `endpoint` made it.
  process.env.STRIPE_WEBHOOK_SECRET ||= 'whsec_none_yet';
  const code = await command(process.argv.slice(3));
  if (changesAll(process.argv.slice(2))) {
    const details = { command: process.argv.slice(2).join(' '), code };
    // What was done is done, also where there is no database yet.
    await auditOperator('command', details).catch((error: unknown) =>
      console.error('This could not be recorded in the audit.', explain(error)),
    );
  }
  return code;
}

/** Whether a command changed something for everybody. What it did to one person it records itself. */
function changesAll([name = '', ...options]: string[]): boolean {
  if (['push', 'endpoint', 'replay'].includes(name)) return true;
  return options.includes('--fix') || options.includes('--apply');
}

/** What of an error helps whoever typed: all of it only when it is a bug of ours. */
function explain(error: unknown): unknown {
  if (error instanceof Stripe.errors.StripeError) {
    const id = error.requestId ? ` (request ${error.requestId})` : '';
    return `Stripe: ${error.message}${id}`;
  }
  if (error instanceof EnvironmentError) {
    return `${error.message}\nWithout any of them, run it beside npm run dev: it takes its stand-ins.`;
  }
  if (isUsage(error) || error instanceof CatalogueError) return error.message;
  if (error instanceof Error && error.name.startsWith('PrismaClient')) {
    // It begins with the line of code that asked.
    return `The database: ${error.message.trim().split('\n').at(-1)}`;
  }
  return error;
}

function isUsage(error: unknown): error is Error {
  const isParsing = error instanceof TypeError && 'code' in error;
  return error instanceof UsageError || (isParsing && /^ERR_PARSE_ARGS/.test(String(error.code)));
}

try {
  process.exit(await main());
} catch (error) {
  console.error(explain(error));
  process.exit(isUsage(error) ? USAGE : 1);
}
