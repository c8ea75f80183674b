import { API_VERSIONS } from './core/surface';
import type { Seed } from './seed';

/** What the command's flags set: `--port 4242` is `port: 4242`. */
export interface StartOptions extends StripeOptions {
  /** 4242 unless given; 0 takes any that is free. */
  port?: number;
  /** The address to listen on: 127.0.0.1, so that only this machine reaches it, unless given. */
  host?: string;
}

export interface StripeOptions {
  /** The folder the state is kept in; `.stripe` unless given. */
  dir?: string;
  /** Keeps the state in memory only. */
  memory?: boolean;
  /** Where every event of test mode is sent, signed with `webhookSecret`. */
  forward?: string;
  /** The business's name on the hosted pages. */
  name?: string;
  /** The API version of the account: of requests and webhook endpoints that name none. The newest unless given. */
  apiVersion?: string;
  /** Gives every API key data of its own, so that tests in parallel do not see each other. */
  isolateKeys?: boolean;
  /** What is there from the beginning: a JSON file, or what would be in it. */
  seed?: string | Seed;
}

/** The options, checked and complete. */
export interface Settings {
  port: number;
  host: string;
  /** A folder, or `memory`. */
  dir: string;
  forward: string | undefined;
  name: string | undefined;
  apiVersion: string | undefined;
  isolateKeys: boolean;
  seed: string | Seed | undefined;
}

/** An option that cannot be used. */
export class OptionError extends Error {
  constructor(
    readonly option: string,
    /** What is wrong with it, as the rest of a sentence that begins with its name. */
    readonly problem: string,
  ) {
    super(`${option} ${problem}`);
    this.name = 'OptionError';
  }
}

const NAMES = [
  'port',
  'host',
  'dir',
  'memory',
  'forward',
  'name',
  'apiVersion',
  'isolateKeys',
  'seed',
];

/** @throws OptionError for the first option that cannot be used */
export function readOptions(options: StartOptions): Settings {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown) throw new OptionError(unknown, `is no option; there are ${NAMES.join(', ')}.`);
  const { port = 4242, host = '127.0.0.1', dir, memory = false, forward, name, seed } = options;
  const { apiVersion, isolateKeys = false } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new OptionError('port', 'must be a whole number from 0 to 65535.');
  }
  for (const [option, value] of Object.entries({ host, dir, name, seed })) {
    if (typeof value === 'string' && value.trim() === '')
      throw new OptionError(option, 'must not be empty.');
  }
  if (memory && dir !== undefined) {
    throw new OptionError(
      'memory',
      'cannot be combined with dir: the state is kept in one of them.',
    );
  }
  if (forward !== undefined && !isWebAddress(forward)) {
    throw new OptionError(
      'forward',
      'must be a URL such as http://localhost:3000/api/webhooks/stripe.',
    );
  }
  if (apiVersion !== undefined && !API_VERSIONS.includes(apiVersion)) {
    throw new OptionError('apiVersion', `must be one of ${API_VERSIONS.join(', ')}.`);
  }
  return {
    port,
    host,
    dir: memory ? 'memory' : (dir ?? '.stripe'),
    forward,
    name,
    apiVersion,
    isolateKeys,
    seed,
  };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
