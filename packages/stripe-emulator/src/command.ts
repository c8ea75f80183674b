import { createRequire } from 'node:module';
import { z } from 'zod';
import { HELP, readArguments, UsageError, type Wish } from './arguments';
import type { TriggerBody } from './control/types';
import type { StripeHandle } from './create-stripe';
import type { StartOptions } from './options';

/**
 * The command `stripe-emulator`.
 * @param typed what follows its name
 * @returns the exit code; undefined while an emulator runs, which a signal ends
 */
export async function runCommand(typed: readonly string[]): Promise<number | undefined> {
  try {
    return await grant(readArguments(typed));
  } catch (error) {
    const isUsage = error instanceof UsageError;
    console.error(error instanceof Error ? error.message : error);
    if (isUsage) console.error('stripe-emulator --help tells what there is.');
    return isUsage ? 2 : 1;
  }
}

async function grant(wish: Wish): Promise<number | undefined> {
  if (wish.do === 'help') console.log(HELP);
  else if (wish.do === 'version') console.log(version());
  else if (wish.do === 'trigger') await trigger(wish.url, wish.body);
  else return start(wish.options, wish.json);
  return 0;
}

const reply = z.object({
  error: z.object({ message: z.string() }).optional(),
  events: z.array(z.object({ type: z.string() })).optional(),
});

/** Asks an emulator that runs. @throws Error when there is none, or it refuses */
async function trigger(url: string, body: TriggerBody): Promise<void> {
  const response = await fetch(new URL('/_emulator/trigger', url), {
    method: 'POST',
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error(`No emulator answers at ${url}. Start one, or say where it is with --url.`);
  });
  const { error, events = [] } = reply.parse(await response.json());
  if (error) throw new Error(error.message);
  console.log(events.map(({ type }) => type).join('\n'));
}

async function start(options: StartOptions, json: boolean): Promise<undefined> {
  let stripe: StripeHandle | undefined;
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (isEnding) return;
      isEnding = true;
      await stripe?.close();
      process.exit(0);
    });
  }
  // Only now: whoever asks for help need not wait for all of it.
  const { startStripe } = await import('./start-stripe');
  stripe = await startStripe(options);
  const { url, webhookSecret } = stripe;
  console.log(json ? JSON.stringify({ url, webhookSecret }) : introduction(stripe, options));
}

function introduction({ url, webhookSecret }: StripeHandle, options: StartOptions): string {
  const { hostname, port } = new URL(url);
  return `Stripe emulator ${version()}

  API, pages, dashboard   ${url}
  State                   ${options.memory ? 'in memory' : (options.dir ?? '.stripe')}
  Events                  ${options.forward ? `to ${options.forward}` : 'to the webhook endpoints that you create'}
  Webhook secret          ${webhookSecret}

  new Stripe('sk_test_anything', { protocol: 'http', host: '${hostname}', port: ${port} })`;
}

/** Of the package, whose package.json lies above this file, compiled or not. */
function version(): string {
  const file: unknown = createRequire(import.meta.url)('../package.json');
  return z.object({ version: z.string() }).parse(file).version;
}
