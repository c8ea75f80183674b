import nextEnv from '@next/env';
import { refuseFormerNames } from './former-names';
import { openState } from './open-state';
import { persistentSecret } from './persistent-secret';
import { claimPort, findPort } from './ports';
import type { StandInOptions } from './stand-ins';

/** What `npm run dev` starts, and where: from the environment, and chosen for what that leaves open. */
export interface DevSettings extends StandInOptions {
  /** Where Next listens. */
  port: number;
  /** The default ports that were in use, and the ports used instead. */
  moved: { name: string; usual: number; port: number }[];
  /** A real Stripe is configured, but not the secret to verify its webhooks with. */
  lacksWebhookSecret: boolean;
  /** For the variables the app requires, besides those that the stand-ins provide. */
  defaults: Record<string, string>;
}

/**
 * Reads .env files into process.env as Next does, and decides on a stand-in for each service that the
 * environment does not configure. An empty value counts as unset.
 *
 * @param root the folder of the app
 * @param stateDir the state folder, unless DEV_DIR names another
 * @throws StartError when a port that the environment asks for is not available
 * @throws StartError when the state folder cannot be used
 */
export async function readDevSettings(root: string, stateDir: string): Promise<DevSettings> {
  nextEnv.loadEnvConfig(root, true, { info() {}, error: console.error });
  for (const [name, value] of Object.entries(process.env)) {
    if (value?.trim() === '') delete process.env[name];
  }
  refuseFormerNames(process.env);
  const { DATABASE_URL, EMAIL_SERVER, STRIPE_SECRET_KEY, STRIPE_API_BASE } = process.env;
  const services = {
    postgres: !DATABASE_URL,
    smtp: !EMAIL_SERVER,
    stripe: !STRIPE_SECRET_KEY && !STRIPE_API_BASE,
  };
  const dir = process.env.DEV_DIR ?? stateDir;
  const moved: DevSettings['moved'] = [];
  const find = async (name: string, variable: string, usual: number) => {
    const port = await findPort(variable, usual);
    if (!process.env[variable] && port !== usual) moved.push({ name, usual, port });
    return port;
  };
  const port = await appPort(find);
  const appUrl = process.env.NEXTAUTH_URL ?? `http://localhost:${port}`;
  const needsHttp = services.smtp || services.stripe;
  const ports = {
    http: needsHttp ? await find('the inbox and Stripe are', 'EMULATOR_PORT', 4242) : 0,
    smtp: services.smtp ? await find('SMTP is', 'DEV_SMTP_PORT', 1025) : 0,
    postgres: services.postgres ? await find('PostgreSQL is', 'DEV_POSTGRES_PORT', 54_329) : 0,
  };
  const secrets = await openState(dir, 'The file of a secret', () => ({
    nextauth: persistentSecret(dir, 'nextauth'),
    webhook: persistentSecret(dir, 'webhook'),
  }));
  return {
    dir,
    ports,
    services,
    port,
    appUrl,
    moved,
    lacksWebhookSecret: !services.stripe && !process.env.STRIPE_WEBHOOK_SECRET,
    defaults: {
      NEXTAUTH_URL: appUrl,
      NEXTAUTH_SECRET: secrets.nextauth,
      // Nobody else knows it, so no webhook passes until Stripe's own secret is set.
      STRIPE_WEBHOOK_SECRET: `whsec_${secrets.webhook}`,
    },
  };
}

/** PORT, or the port of a NEXTAUTH_URL on this machine, or the first free port from 3000. */
async function appPort(
  find: (name: string, variable: string, usual: number) => Promise<number>,
): Promise<number> {
  const { PORT, NEXTAUTH_URL } = process.env;
  if (!PORT && NEXTAUTH_URL && URL.canParse(NEXTAUTH_URL)) {
    const { hostname, port } = new URL(NEXTAUTH_URL);
    if (port && ['localhost', '127.0.0.1'].includes(hostname)) {
      return claimPort('NEXTAUTH_URL', port);
    }
  }
  return find('the app is', 'PORT', 3000);
}
