import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { takeLock } from '../scripts/lock.mjs';
import { keptSecret } from './kept-secret';
import { createMailApp } from './mail/mail-app';
import { Mailbox } from './mail/mailbox';
import { startSmtpCatcher } from './mail/smtp-catcher';
import { findPort, PortError } from './ports';
import { startPostgres } from './postgres';
import { openState, StateError } from './state';

/** Any key of test mode would do. */
const STRIPE_KEY = 'sk_test_sandbox';

export interface SandboxOptions {
  /** Folder of the state, or `memory` for none. */
  dir: string;
  /** Where each listens; 0 takes any free port. */
  ports: { http: number; smtp: number; postgres: number };
  /** Which stand-ins are wanted. */
  parts: { postgres: boolean; smtp: boolean; stripe: boolean };
  /** The app's origin: Stripe's events are delivered to /api/webhooks/stripe under it. */
  appUrl: string;
}

export interface Sandbox {
  /** What the app's environment needs in order to use the stand-ins that were started. */
  env: Record<string, string>;
  /** For people: the pages of the stand-ins that were started. */
  urls: { inbox?: string; dashboard?: string };
  close(): Promise<void>;
}

/**
 * Starts the stand-ins for what the app talks to: PostgreSQL, an SMTP server, Stripe. All listen on
 * 127.0.0.1 only; pages, the Stripe API and the controls share one HTTP port.
 *
 * @throws StateError when the state folder is of no use, or in use by another one
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dir, ports, parts } = options;
  const closers: Closer[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (dir !== 'memory') closers.push(await lockFolder(dir));
    const app = new Hono();
    app.use('/_sandbox/*', refuseOtherSites);
    const door = parts.smtp || parts.stripe ? await listen(ports.http, closers) : undefined;
    const origin = door?.origin ?? '';
    const smtp = parts.smtp ? await startMail(options, app, closers) : {};
    const stripe = parts.stripe ? await startStripe(options, app, origin, closers) : {};
    const postgres = parts.postgres ? await startDatabase(options, closers) : {};
    if (!parts.stripe) addPlainRoutes(app);
    door?.open(app);
    return {
      env: { ...postgres, ...smtp, ...stripe },
      urls: {
        ...(parts.smtp && { inbox: `${origin}/inbox` }),
        ...(parts.stripe && { dashboard: origin }),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closer = () => unknown;

async function lockFolder(dir: string): Promise<Closer> {
  const lock = await openState(dir, 'A sandbox', () => takeLock(path.join(dir, 'sandbox.lock')));
  if ('release' in lock) return lock.release;
  throw new StateError(
    `A sandbox with its state in ${dir} is running already (process ${lock.pid}). Stop it, or give this one a folder of its own with SANDBOX_DIR.`,
  );
}

/**
 * Takes the port at once, because the origin is part of what is mounted; a request that comes before
 * everything is (from a page left open, say) is told to come again.
 *
 * @returns the origin at which the pages answer, and what lets requests through to them
 */
async function listen(port: number, closers: Closer[]) {
  let answer: RequestListener = (_, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Starting …');
  };
  const server = createServer((request, response) => answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return {
    origin: `http://localhost:${address && typeof address === 'object' ? address.port : port}`,
    open(app: Hono) {
      answer = getRequestListener(app.fetch);
    },
  };
}

/** Any page in a browser can post to loopback; programs do not send this header. */
const refuseOtherSites: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (c.req.method !== 'GET' && site && site !== 'same-origin') {
    return c.text('Changes are not taken from the pages of other sites.', 403);
  }
  return next();
};

async function startMail({ dir, ports }: SandboxOptions, app: Hono, closers: Closer[]) {
  const mailbox = await openState(dir, 'The mailbox', () => new Mailbox(within(dir, 'mail')));
  const smtp = await startSmtpCatcher(mailbox, ports.smtp);
  closers.push(smtp.close);
  // Stripe's stand-in answers it, after the mailbox was emptied.
  app.post('/_sandbox/reset', (_, next) => {
    mailbox.reset();
    return next();
  });
  app.route('/', createMailApp(mailbox));
  return { EMAIL_SERVER: smtp.url, EMAIL_FROM: 'Billing <billing@example.com>' };
}

async function startStripe(
  { dir, appUrl }: SandboxOptions,
  app: Hono,
  origin: string,
  closers: Closer[],
) {
  const { createStripeSandbox } = await import('./stripe/server');
  const stripe = await openState(dir, "Stripe's stand-in", () =>
    createStripeSandbox({ dir: within(dir, 'stripe'), origin }),
  );
  closers.push(() => stripe.close());
  const secret = `whsec_${keptSecret(dir, 'webhook')}`;
  await stripe.ensureForward({ url: `${appUrl}/api/webhooks/stripe`, secret });
  app.route('/', stripe.app);
  return {
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_API_BASE: origin,
  };
}

async function startDatabase({ dir, ports }: SandboxOptions, closers: Closer[]) {
  const postgres = await openState(dir, 'The embedded PostgreSQL', () =>
    startPostgres({ dir: within(dir, 'postgres'), port: ports.postgres }),
  );
  closers.push(postgres.close);
  return { DATABASE_URL: postgres.url };
}

/** What Stripe's stand-in answers otherwise. */
function addPlainRoutes(app: Hono): void {
  app.post('/_sandbox/reset', (c) => c.json({ reset: true }));
  app.get('/', (c) => c.redirect('/inbox'));
}

function within(dir: string, part: string): string {
  return dir === 'memory' ? dir : path.join(dir, part);
}

/** `npm run sandbox`: the three stand-ins alone, until interrupted. */
async function main(): Promise<void> {
  const ports = {
    http: await findPort('SANDBOX_PORT', 4242),
    smtp: await findPort('SANDBOX_SMTP_PORT', 1025),
    postgres: await findPort('SANDBOX_POSTGRES_PORT', 54_329),
  };
  const sandbox = await startSandbox({
    dir: process.env.SANDBOX_DIR || '.sandbox',
    ports,
    parts: { postgres: true, smtp: true, stripe: true },
    appUrl: process.env.NEXTAUTH_URL || `http://localhost:${process.env.PORT || 3000}`,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(sandbox.env));
    return;
  }
  for (const [name, value] of Object.entries(sandbox.env)) console.log(`export ${name}='${value}'`);
  console.error(`\nInbox      ${sandbox.urls.inbox}\nDashboard  ${sandbox.urls.dashboard}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    const isTheirs = error instanceof PortError || error instanceof StateError;
    console.error(isTheirs ? error.message : error);
    process.exit(1);
  });
}
