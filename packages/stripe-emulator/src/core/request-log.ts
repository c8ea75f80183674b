/** One request to the API, as it was received and answered. */
export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  parameters: unknown;
  status: number | null;
  /** Unix milliseconds, real ones. */
  at: number;
  milliseconds: number;
  livemode: boolean | null;
  idempotency_key: string | null;
  replayed: boolean;
  /** The kind of fault that was put on it. */
  fault: string | null;
  reply: unknown;
}

const KEPT = 1_000;

/** The latest requests, in memory. Card data and secrets are left out. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** Newest last. */
  get all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.shift();
  }

  clear(): void {
    this.#requests = [];
  }
}

const SECRET = new Set([
  'authentication_token',
  'client_secret',
  'cvc',
  'number',
  'secret',
  'signing_secret',
]);

/** A copy without what must not be kept: card numbers and secrets. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const hidden = SECRET.has(name) && typeof inner === 'string' && isSecret(name, inner);
    return [name, hidden ? '[not kept]' : withoutSecrets(inner)];
  });
  return Object.fromEntries(entries);
}

/** An invoice has a `number` too, which is no secret. */
function isSecret(name: string, value: string): boolean {
  return name !== 'number' || /^[\d\s-]{8,}$/.test(value);
}
