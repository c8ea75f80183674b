import nextEnv from '@next/env';
import { refuseFormerNames } from './former-names';
import { keptSecret } from './kept-secret';
import { claimPort, findPort } from './ports';
import type { StandInOptions } from './stand-ins';
import { openState } from './state';

/** What `npm run dev` found in the environment and decided for what it left out. */
export interface DevPlan extends StandInOptions {
  /** Where Next listens. */
  port: number;
  /** The ports that the usual ones had to give way to. */
  moved: { name: string; usual: number; port: number; variable: string }[];
  /** A real Stripe is configured, but nothing says how its events are signed. */
  lacksWebhookSecret: boolean;
  /** What the app needs beside the stand-ins, for whatever the environment leaves out. */
  defaults: Record<string, string>;
}

/**
 * Reads .env files into process.env as Next does, and plans a stand-in for each service that the
 * environment does not configure. An empty value counts as unset.
 *
 * @throws StartError when a port that the environment asks for is not to be had
 * @throws StartError when the state folder is of no use
 */
export async function planDev(root: string, stateDir: string): Promise<DevPlan> {
  nextEnv.loadEnvConfig(root, true, { info() {}, error: console.error });
  for (const [name, value] of Object.entries(process.env)) {
    if (value?.trim() === '') delete process.env[name];
  }
  refuseFormerNames(process.env);
  const { DATABASE_URL, EMAIL_SERVER, STRIPE_SECRET_KEY, STRIPE_API_BASE } = process.env;
  const parts = {
    postgres: !DATABASE_URL,
    smtp: !EMAIL_SERVER,
    stripe: !STRIPE_SECRET_KEY && !STRIPE_API_BASE,
  };
  const dir = process.env.DEV_DIR ?? stateDir;
  const moved: DevPlan['moved'] = [];
  const find = async (name: string, variable: string, usual: number) => {
    const port = await findPort(variable, usual);
    if (!process.env[variable] && port !== usual) moved.push({ name, usual, port, variable });
    return port;
  };
  const port = await appPort(find);
  const appUrl = process.env.NEXTAUTH_URL ?? `http://localhost:${port}`;
  const ports = {
    http: parts.smtp || parts.stripe ? await find('the stand-ins are', 'EMULATOR_PORT', 4242) : 0,
    smtp: parts.smtp ? await find('SMTP is', 'DEV_SMTP_PORT', 1025) : 0,
    postgres: parts.postgres ? await find('PostgreSQL is', 'DEV_POSTGRES_PORT', 54_329) : 0,
  };
  const secrets = await openState(dir, 'A secret', () => ({
    nextauth: keptSecret(dir, 'nextauth'),
    webhook: keptSecret(dir, 'webhook'),
  }));
  return {
    dir,
    ports,
    parts,
    port,
    appUrl,
    moved,
    lacksWebhookSecret: !parts.stripe && !process.env.STRIPE_WEBHOOK_SECRET,
    defaults: {
      NEXTAUTH_URL: appUrl,
      NEXTAUTH_SECRET: secrets.nextauth,
      // Until Stripe's own is set, one that nobody can sign with.
      STRIPE_WEBHOOK_SECRET: `whsec_${secrets.webhook}`,
    },
  };
}

/** PORT, else the port of a NEXTAUTH_URL on this machine, else the first free one from 3000. */
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
