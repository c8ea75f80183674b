/** The stand-ins' control, as the tests use it. */
const base = process.env.E2E_SANDBOX_URL ?? '';

export type Message = { subject: string; text: string; html: string; links: string[] };
export type ApiRequest = {
  method: string;
  path: string;
  parameters: Record<string, unknown>;
  status: number;
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
  milliseconds?: number;
}): Promise<void> {
  await control('POST', 'faults', fault);
}

export async function mendStripe(): Promise<void> {
  await control('DELETE', 'faults');
}

async function control(method: string, path: string, body?: object) {
  const reply = await fetch(`${base}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** Whether every webhook has been delivered, or given up: then nothing wakes the app by itself. */
export async function isQuiet(): Promise<boolean> {
  const deliveries: { state: string }[] = await control('GET', 'deliveries');
  return deliveries.every(({ state }) => state !== 'pending');
}
