import nextEnv from '@next/env';
import { type Change, diffCatalogue, pushCatalogue } from '@/lib/billing/push';
import { EnvironmentError } from '@/lib/env';

/** `npm run billing -- COMMAND`: what an operator does to billing from the command line. */
const commands: Record<string, () => Promise<number>> = {
  async push() {
    report(await pushCatalogue(), 'Nothing to change: Stripe has the catalogue.');
    return 0;
  },
  async diff() {
    const changes = await diffCatalogue();
    report(changes, 'No difference: Stripe has the catalogue.');
    return changes.length > 0 ? 2 : 0;
  },
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
        '  diff   show what push would change (exit code 2 when something differs)',
    );
    return 64;
  }
  nextEnv.loadEnvConfig(process.cwd(), process.env.NODE_ENV !== 'production', {
    info() {},
    error: console.error,
  });
  return command();
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exit(1);
}
