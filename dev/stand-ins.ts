import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { product } from '../lib/product';
import { keptSecret } from './kept-secret';
import { takeLock } from './lock.mjs';
import { createMailApp } from './mail/mail-app';
import { Mailbox } from './mail/mailbox';
import { startSmtpCatcher } from './mail/smtp-catcher';
import { startPostgres } from './postgres/start';
import { StartError } from './start-error';
import { openState } from './state';

/** Any key of test mode would do. */
const STRIPE_KEY = 'sk_test_emulator';

export interface StandInOptions {
  /** Folder of the state, or `memory` for none. */
  dir: string;
  /** Where each listens; 0 takes any free port. */
  ports: { http: number; smtp: number; postgres: number };
  /** Which stand-ins are wanted. */
  parts: { postgres: boolean; smtp: boolean; stripe: boolean };
  /** The app's origin: Stripe's events are delivered to /api/webhooks/stripe under it. */
  appUrl: string;
}

export interface StandIns {
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
 * @throws StartError when the state folder is of no use, or in use by another one
 */
export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { dir, ports, parts } = options;
  const closers: Closer[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (dir !== 'memory') closers.push(await lockFolder(dir));
    const app = new Hono();
    app.use('/_emulator/*', refuseOtherSites);
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
  const lock = await openState(dir, 'The stand-ins', () =>
    takeLock(path.join(dir, 'stand-ins.lock')),
  );
  if ('release' in lock) return lock.release;
  throw new StartError(
    `Stand-ins that keep their state in ${dir} are already running (process ${lock.pid}). Stop them, or set DEV_DIR to another folder.`,
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

async function startMail({ dir, ports }: StandInOptions, app: Hono, closers: Closer[]) {
  const mailbox = await openState(dir, 'The mailbox', () => new Mailbox(within(dir, 'mail')));
  const smtp = await startSmtpCatcher(mailbox, ports.smtp);
  closers.push(smtp.close);
  // Stripe's stand-in answers it, after the mailbox was emptied.
  app.post('/_emulator/reset', (_, next) => {
    mailbox.reset();
    return next();
  });
  app.route('/', createMailApp(mailbox));
  return { EMAIL_SERVER: smtp.url, EMAIL_FROM: 'Billing <billing@example.com>' };
}

async function startStripe(
  { dir, appUrl }: StandInOptions,
  app: Hono,
  origin: string,
  closers: Closer[],
) {
  const { createStripeEmulator } = await import('stripe-emulator');
  const stripe = await openState(dir, "Stripe's stand-in", () =>
    createStripeEmulator({ dir: within(dir, 'stripe'), origin, businessName: product.name }),
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

async function startDatabase({ dir, ports }: StandInOptions, closers: Closer[]) {
  const postgres = await openState(dir, 'The embedded PostgreSQL', () =>
    startPostgres({ dir: within(dir, 'postgres'), port: ports.postgres }),
  );
  closers.push(postgres.close);
  return { DATABASE_URL: postgres.url };
}

/** What Stripe's stand-in answers otherwise. */
function addPlainRoutes(app: Hono): void {
  app.post('/_emulator/reset', (c) => c.json({ reset: true }));
  app.get('/', (c) => c.redirect('/inbox'));
}

function within(dir: string, part: string): string {
  return dir === 'memory' ? dir : path.join(dir, part);
}
