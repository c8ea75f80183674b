import { format, stripVTControlCharacters } from 'node:util';
import { env } from './env';
import { requestContext } from './request/context';

export const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The app's log: one JSON object a line in production, readable text in development. Each line
 * carries the ID of the request it belongs to. Secrets, addresses, card numbers and links are taken
 * out of every value, so that no caller has to think of it.
 *
 * `event` is a fixed text to search and to alert on; what varies goes into `fields`.
 */
export const log = {
  debug: (event: string, fields?: Fields) => write('debug', event, fields),
  info: (event: string, fields?: Fields) => write('info', event, fields),
  warn: (event: string, fields?: Fields) => write('warn', event, fields),
  /** @param error its message and stack are logged; null when nothing was thrown */
  error: (event: string, error: unknown, fields?: Fields) =>
    write('error', event, { ...fields, ...describeError(error) }),
};

function write(level: Level, event: string, fields: Fields = {}): void {
  if (levels.indexOf(level) < levels.indexOf(minimumLevel())) return;
  const requestId = requestContext()?.id;
  const line = redact({ time: new Date().toISOString(), level, event, requestId, ...fields });
  const text =
    process.env.NODE_ENV === 'production' ? JSON.stringify(line) : readable(level, event, line);
  const out = shared.ownConsole ?? console;
  if (level === 'error' || level === 'warn') out.error(text);
  else out.log(text);
}

/**
 * Makes what others print (Next, libraries) lines like ours, so that nothing gets past the redaction.
 * To be called once, in production.
 */
export function captureConsole(): void {
  if (shared.ownConsole) return;
  shared.ownConsole = { ...console };
  const levelOf = {
    debug: 'debug',
    log: 'info',
    info: 'info',
    warn: 'warn',
    error: 'error',
  } as const;
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    console[method] = (...given: unknown[]) => {
      const error = given.find((each) => each instanceof Error);
      // Next prints an error of a page just before it sends its digest to the browser, and then reports
      // it to onRequestError, which logs it. As its digest, the error page shows the request's ID.
      const id = requestContext()?.id;
      if (error && 'digest' in error && id) error.digest = id;
      else {
        const text = stripVTControlCharacters(format(...given.filter((each) => each !== error)));
        write(levelOf[method], 'printed', { text, ...describeError(error ?? null) });
      }
    };
  }
}

// Next bundles instrumentation.ts apart from the pages, so this module exists twice in a process.
const shared: typeof globalThis & { ownConsole?: Console } = globalThis;

/** Something may have to be logged before, or because, the environment is not complete. */
function minimumLevel(): Level {
  try {
    return env().LOG_LEVEL;
  } catch {
    return 'info';
  }
}

function readable(level: Level, event: string, line: unknown): string {
  const { time: _, level: __, event: ___, stack, ...rest } = isRecord(line) ? line : {};
  const details = Object.entries(rest).filter(([, value]) => value !== undefined);
  return [
    `${level === 'info' ? '' : `${level}: `}${event}`,
    ...details.map(
      ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    ...(typeof stack === 'string' ? [`\n${stack}`] : []),
  ].join(' ');
}

const NAMED = ['code', 'type', 'param', 'decline_code', 'statusCode', 'digest', 'problem'] as const;

function describeError(error: unknown): Fields {
  if (error === null) return {};
  if (!(error instanceof Error)) return { message: String(error) };
  const fields: Record<string, unknown> = { name: error.name, message: error.message };
  const own: Fields = Object.fromEntries(Object.entries(error));
  for (const name of NAMED) if (own[name] !== undefined) fields[name] = own[name];
  // Stripe's own request ID, to look the request up in its Dashboard.
  if (typeof own.requestId === 'string') fields.stripeRequestId = own.requestId;
  if (error.cause) fields.cause = describeError(error.cause);
  if (error instanceof AggregateError) fields.errors = error.errors.map(describeError);
  return { ...fields, stack: error.stack };
}

/** Why something failed, in a form that may be kept in the database. */
export function reasonOf(error: unknown): string {
  return redactText(error instanceof Error ? error.message : String(error));
}

/** Names of fields whose values are never written, whatever they look like. */
const SECRET_NAMES =
  /^(email|name|address|phone|password|secret|token|authorization|cookie|url|number|cvc)$|secret|token$/i;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(sk|rk|pk)_(test|live)_\w+/g, '[key]'],
  [/\bkey_[\w-]{43}/g, '[key]'],
  [/\bwhsec_[\w+/=]+/g, '[secret]'],
  [/\b\w+_secret_\w+/g, '[secret]'],
  [/\b(Bearer|Basic)\s+\S+/gi, '$1 [secret]'],
  // Links to Stripe's pages sign their bearer in; of our own addresses the query can carry secrets.
  [/\b(https?|postgres(ql)?|smtps?):\/\/[^\s"'<>)]+/g, '[link]'],
  [/\b(billing|checkout)\.stripe\.com\/\S+/g, '[link]'],
  [/([?&](?:code|session_id|callbackUrl|email)=)[^\s&"']+/gi, '$1[secret]'],
  [/([\w.-]*(?:token|secret|password)=)[^\s&;"']+/gi, '$1[secret]'],
  [/[\w.+'-]+(?:@|%40)[\w-]+(\.[\w-]+)+/gi, '[email]'],
  [/\b(?:\d[ -]?){13,19}\b/g, '[number]'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '[address]'],
  [/\b([\da-f]{1,4}:){7}[\da-f]{1,4}\b|\b([\da-f]{1,4}:)+(:[\da-f]{1,4})+\b/gi, '[address]'],
];

/** A copy without what must not be kept: by the field's name, and by what the text looks like. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value;
  if (depth > 6) return '[…]';
  if (Array.isArray(value)) return value.map((each) => redact(each, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      // At the top, `name` is that of an error.
      depth > 0 && SECRET_NAMES.test(name) && each !== null
        ? '[redacted]'
        : redact(each, depth + 1),
    ]),
  );
}

function redactText(text: string): string {
  return PATTERNS.reduce((result, [pattern, mark]) => result.replace(pattern, mark), text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
