import { parseArgs } from 'node:util';
import type { TriggerBody } from './control/types';
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
  | { do: 'start'; options: StartOptions; json: boolean }
  | { do: 'trigger'; url: string; body: TriggerBody };

const TRIGGER_FLAGS = {
  customer: { type: 'string' },
  key: { type: 'string' },
  url: { type: 'string' },
} as const;

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  dir: { type: 'string' },
  memory: { type: 'boolean' },
  forward: { type: 'string' },
  name: { type: 'string' },
  'api-version': { type: 'string' },
  'isolate-keys': { type: 'boolean' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export const HELP = `Usage: stripe-emulator [OPTION…]
       stripe-emulator trigger EVENT [--customer ID] [--key KEY] [--url http://localhost:4242]

A Stripe that runs on this machine: API, Checkout, billing portal, invoices, webhooks, time travel.

  --port 4242        the port to listen on; 0 takes any that is free
  --host 127.0.0.1   the address to listen on
  --dir .stripe      the folder the state is kept in
  --memory           keep the state in memory only
  --forward URL      send every event of test mode to this URL
  --name NAME        the business's name on the hosted pages
  --api-version V    the API version of requests and webhook endpoints that name none
  --isolate-keys     give every API key data of its own
  --seed FILE        start with the objects in this JSON file
  --json             print { "url", "webhookSecret" } once it is ready
  -h, --help         print this
  -v, --version      print the version

trigger makes the real objects behind an event, in an emulator that runs.`;

/** @throws UsageError with a sentence on what cannot be understood */
export function readArguments(typed: readonly string[]): Wish {
  if (typed[0] === 'trigger') return readTrigger(typed.slice(1));
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
    apiVersion: textOf(values['api-version']),
    isolateKeys: values['isolate-keys'] === undefined ? undefined : true,
    seed: textOf(values.seed),
  };
  try {
    readOptions(options);
  } catch (error) {
    if (error instanceof OptionError) {
      const flag = error.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new UsageError(`--${flag} ${error.problem}`);
    }
    throw error;
  }
  return { do: 'start', options, json: values.json === true };
}

/** `trigger EVENT`, and to whom and where. */
function readTrigger(typed: readonly string[]): Wish {
  const { positionals, tokens, values } = parseArgs({
    args: [...typed],
    options: TRIGGER_FLAGS,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') {
      checkFlag(token.name, token.rawName, token.value, token.inlineValue, TRIGGER_FLAGS);
    }
  }
  const [event, ...others] = positionals;
  if (event === undefined) throw new UsageError('trigger needs an event, such as invoice.paid.');
  if (others.length > 0) throw new UsageError('trigger takes one event.');
  const url = textOf(values.url) ?? 'http://localhost:4242';
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(
      '--url must be the address of an emulator, such as http://localhost:4242.',
    );
  }
  const body = { event, customer: textOf(values.customer), key: textOf(values.key) };
  return { do: 'trigger', url, body };
}

type Flags = Readonly<Record<string, { readonly type: 'boolean' | 'string' }>>;

function checkFlag(
  name: string,
  typed: string,
  value: string | undefined,
  isInline: boolean | undefined,
  flags: Flags = FLAGS,
): void {
  const flag = Object.entries(flags).find(([known]) => known === name)?.[1];
  if (!flag) {
    const near = suggestion(name, Object.keys(flags));
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
