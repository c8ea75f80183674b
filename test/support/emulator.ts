/** The stand-ins' control, as the tests use it. */

export type Message = {
  subject: string;
  headers: Record<string, string>;
  text: string;
  html: string;
  links: string[];
};
export type ApiRequest = {
  id: string;
  method: string;
  path: string;
  parameters: Record<string, unknown>;
  status: number;
  /** Stripe's client repeats a request with the same key. */
  idempotency_key: string;
  reply: unknown;
};

/** The messages sent to an address, newest first. */
export async function mailTo(address: string): Promise<Message[]> {
  return control('GET', `mail?to=${encodeURIComponent(address)}`);
}

/** The API calls that Stripe received since the last {@link forgetRequests}. */
export async function requests(): Promise<ApiRequest[]> {
  return control('GET', 'requests');
}

export async function forgetRequests(): Promise<void> {
  await control('DELETE', 'requests');
}

/** Makes the next calls of an API method go wrong. */
export async function breakStripe(fault: {
  on: string;
  kind: string;
  times?: number;
  /** How late, for `latency`: milliseconds. */
  ms?: number;
  /** Why the bank refuses, for `fail`. */
  decline_code?: string;
}): Promise<void> {
  await control('POST', 'faults', fault);
}

export async function mendStripe(): Promise<void> {
  await control('DELETE', 'faults');
}

/** Says what an API key may do, or that it is no longer good. */
export async function changeKey(
  key: string,
  change: { rights?: string[]; state?: 'active' | 'expired' | 'revoked' },
): Promise<void> {
  await control('POST', 'keys', { key, ...change });
}

/** Lets time pass at Stripe, with all that falls due meanwhile. */
export async function passTime(advance: { days?: number; months?: number }): Promise<void> {
  await control('POST', 'clock', { advance });
}

/** What becomes of a subscription after the last attempt to collect a payment. */
export async function changeDunning(after: 'cancel' | 'unpaid' | 'past_due'): Promise<void> {
  await control('POST', 'billing', { after_retries: after });
}

/** The requests for portal sessions of a customer that Stripe has received, oldest first. */
export async function portalRequests(customer: string): Promise<ApiRequest[]> {
  return (await requests()).filter(
    ({ method, path, parameters }) =>
      `${method} ${path}` === 'POST /v1/billing_portal/sessions' &&
      parameters.customer === customer,
  );
}

/** Whether every webhook has been delivered, or given up: then nothing wakes the app by itself. */
export async function isQuiet(): Promise<boolean> {
  const deliveries: { state: string }[] = await control('GET', 'deliveries');
  return deliveries.every(({ state }) => state !== 'pending');
}

async function control(method: string, path: string, body?: object) {
  const reply = await fetch(`${process.env.STRIPE_API_BASE}/_emulator/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}
