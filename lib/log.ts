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
  if (level === 'error' || level === 'warn') console.error(text);
  else console.log(text);
}

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

const NAMED = ['code', 'type', 'param', 'decline_code', 'statusCode', 'digest'] as const;

function describeError(error: unknown): Fields {
  if (error === null) return {};
  if (!(error instanceof Error)) return { message: String(error) };
  const fields: Record<string, unknown> = { name: error.name, message: error.message };
  const own: Fields = Object.fromEntries(Object.entries(error));
  for (const name of NAMED) if (own[name] !== undefined) fields[name] = own[name];
  // Stripe's own request ID, to look the request up in its Dashboard.
  if (typeof own.requestId === 'string') fields.stripeRequestId = own.requestId;
  if (error.cause) fields.cause = describeError(error.cause);
  return { ...fields, stack: error.stack };
}

/** Names of fields whose values are never written, whatever they look like. */
const SECRET_NAMES =
  /^(email|name|address|phone|password|secret|token|authorization|cookie|url|number|cvc)$|secret|token$/i;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(sk|rk|pk)_(test|live)_\w+/g, '[key]'],
  [/\bwhsec_[\w+/=]+/g, '[secret]'],
  [/\bBearer\s+\S+/gi, 'Bearer [secret]'],
  // Links to Stripe's pages sign their bearer in; of our own addresses the query can carry secrets.
  [/\bhttps?:\/\/[^\s"'<>)]+/g, '[link]'],
  [/\b(postgres(ql)?|smtps?):\/\/\S+/g, '[link]'],
  [/([?&](token|secret|session_id|code|callbackUrl|email)=)[^\s&"']+/gi, '$1[secret]'],
  [/[\w.+'-]+@[\w-]+(\.[\w-]+)+/g, '[email]'],
  [/\b(?:\d[ -]?){13,19}\b/g, '[number]'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '[address]'],
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
