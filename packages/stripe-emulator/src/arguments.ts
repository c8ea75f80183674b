import { parseArgs } from 'node:util';
import { suggestion } from './core/suggestion';
import { OptionError, readOptions, type StartOptions } from './options';

/** What somebody typed that cannot be done, and why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What the command is asked to do. */
export type Wish =
  | { do: 'help' }
  | { do: 'version' }
  | { do: 'start'; options: StartOptions; json: boolean };

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  dir: { type: 'string' },
  memory: { type: 'boolean' },
  forward: { type: 'string' },
  name: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export const HELP = `Usage: stripe-emulator [OPTION…]

A Stripe that runs on this machine: API, Checkout, billing portal, invoices, webhooks, time travel.

  --port 4242        the port to listen on; 0 takes any that is free
  --host 127.0.0.1   the address to listen on
  --dir .stripe      the folder the state is kept in
  --memory           keep the state in memory only
  --forward URL      send every event of test mode to this URL
  --name NAME        the business's name on the hosted pages
  --seed FILE        start with the objects in this JSON file
  --json             print { "url", "webhookSecret" } once it is ready
  -h, --help         print this
  -v, --version      print the version`;

/** @throws UsageError with a sentence on what cannot be understood */
export function readArguments(typed: readonly string[]): Wish {
  const { values, tokens } = parseArgs({
    args: [...typed],
    options: FLAGS,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`There is no command ${token.value}.`);
    if (token.kind === 'option')
      checkFlag(token.name, token.rawName, token.value, token.inlineValue);
  }
  if (values.help) return { do: 'help' };
  if (values.version) return { do: 'version' };
  const options: StartOptions = {
    port: values.port === undefined ? undefined : portIn(String(values.port)),
    host: textOf(values.host),
    dir: textOf(values.dir),
    memory: values.memory === undefined ? undefined : true,
    forward: textOf(values.forward),
    name: textOf(values.name),
    seed: textOf(values.seed),
  };
  try {
    readOptions(options);
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(`--${error.option} ${error.problem}`);
    throw error;
  }
  return { do: 'start', options, json: values.json === true };
}

function checkFlag(
  name: string,
  typed: string,
  value: string | undefined,
  isInline: boolean | undefined,
): void {
  const flag = Object.entries(FLAGS).find(([known]) => known === name)?.[1];
  if (!flag) {
    const near = suggestion(name, Object.keys(FLAGS));
    throw new UsageError(`There is no option ${typed}.${near ? ` Did you mean --${near}?` : ''}`);
  }
  if (flag.type === 'boolean' && value !== undefined) {
    throw new UsageError(`${typed} takes no value.`);
  }
  const isMissing = value === undefined || value === '' || (!isInline && value.startsWith('-'));
  if (flag.type === 'string' && isMissing) throw new UsageError(`${typed} needs a value.`);
}

/** Not what JavaScript makes of `0x10`, `1e3` or nothing. */
function portIn(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
