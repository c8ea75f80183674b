import path from 'node:path';
import { product } from '../lib/product';
import { experiments, mountGuide } from './guide';
import { type HttpServer, startHttpServer } from './http-server';
import { takeLock } from './lock.mjs';
import { createMailApp } from './mail/mail-app';
import { Mailbox } from './mail/mailbox';
import { startSmtpCatcher } from './mail/smtp-catcher';
import { openState } from './open-state';
import { startPostgres } from './postgres/start-postgres';
import { StartError } from './start-error';

/** The emulator accepts any test key. */
const STRIPE_KEY = 'sk_test_emulator';

export interface StandInOptions {
  /** The state folder, or `memory` for none. */
  dir: string;
  /** Where each one listens; 0 picks any free port. The inbox and Stripe share `http`. */
  ports: { http: number; smtp: number; postgres: number };
  /** Which services get a stand-in. */
  services: { postgres: boolean; smtp: boolean; stripe: boolean };
  /** The app's origin: Stripe events are delivered to /api/webhooks/stripe there. */
  appUrl: string;
  /** Offer the experiments of the guide. They need the environment of the app in this process. */
  guide?: boolean;
}

export interface StandIns {
  /** The environment variables with which the app uses the stand-ins that were started. */
  env: Record<string, string>;
  /** The pages of the stand-ins that were started. */
  urls: { inbox?: string; dashboard?: string };
  close(): Promise<void>;
}

type Closer = () => unknown;
type Environment = Record<string, string>;

/**
 * Starts stand-ins for the services the app talks to: PostgreSQL, an SMTP server, Stripe. All of them
 * listen on 127.0.0.1 only.
 *
 * @throws StartError when the state folder cannot be used, or other stand-ins are using it
 */
export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { dir, ports, services } = options;
  const closers: Closer[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (dir !== 'memory') closers.push(await lockFolder(dir));
    const env: Environment = {};
    const urls: StandIns['urls'] = {};
    if (services.smtp || services.stripe) {
      const http = await startHttpServer(ports.http);
      closers.push(http.close);
      if (services.smtp) {
        Object.assign(env, await startMail(options, http, closers));
        urls.inbox = `${http.origin}/inbox`;
      }
      if (services.stripe) {
        Object.assign(env, await startStripe(options, http, closers));
        urls.dashboard = http.origin;
      } else {
        http.app.post('/_emulator/reset', (c) => c.json({ reset: true }));
        http.app.get('/', (c) => c.redirect('/inbox'));
      }
      http.open();
    }
    const database = services.postgres ? await startDatabase(options, closers) : {};
    return { env: { ...database, ...env }, urls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function lockFolder(dir: string): Promise<Closer> {
  const lock = await openState(dir, 'The lock of the stand-ins', () =>
    takeLock(path.join(dir, 'stand-ins.lock')),
  );
  if ('release' in lock) return lock.release;
  throw new StartError(
    `Process ${lock.pid} is already running stand-ins with their state in ${dir}. Stop it, or set DEV_DIR to another folder.`,
  );
}

async function startMail(
  { dir, ports }: StandInOptions,
  { app }: HttpServer,
  closers: Closer[],
): Promise<Environment> {
  const mailbox = await openState(dir, 'The mailbox', () => new Mailbox(within(dir, 'mail')));
  const smtp = await startSmtpCatcher(mailbox, ports.smtp);
  closers.push(smtp.close);
  // The Stripe emulator has this route too, and answers the request.
  app.post('/_emulator/reset', (_, next) => {
    mailbox.reset();
    return next();
  });
  app.route('/', createMailApp(mailbox));
  return { EMAIL_SERVER: smtp.url, EMAIL_FROM: 'Billing <billing@example.com>' };
}

async function startStripe(
  { dir, appUrl, services, guide = false }: StandInOptions,
  { app, origin }: HttpServer,
  closers: Closer[],
): Promise<Environment> {
  const { createStripe } = await import('stripe-emulator');
  const stripe = await openState(dir, 'The Stripe emulator', () =>
    createStripe({
      url: origin,
      ...(dir === 'memory' ? { memory: true } : { dir: path.join(dir, 'stripe') }),
      forward: `${appUrl}/api/webhooks/stripe`,
      name: product.name,
      links: services.smtp ? { '/inbox': 'Inbox' } : {},
      experiments: guide ? experiments : [],
    }),
  );
  closers.push(stripe.close);
  if (guide) mountGuide(app, stripe, appUrl);
  app.all('*', (c) => stripe.fetch(c.req.raw, c.env));
  return {
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: origin,
  };
}

async function startDatabase(
  { dir, ports }: StandInOptions,
  closers: Closer[],
): Promise<Environment> {
  const postgres = await openState(dir, 'The embedded PostgreSQL', () =>
    startPostgres({ dir: within(dir, 'postgres'), port: ports.postgres }),
  );
  closers.push(postgres.close);
  return { DATABASE_URL: postgres.url };
}

function within(dir: string, folder: string): string {
  return dir === 'memory' ? dir : path.join(dir, folder);
}
