import type { Control } from './control/types';
import type { Experiment } from './core/experiment';
import type { StripeOptions } from './options';
import { readOptions } from './options';
import { readSeed, SeedError } from './seed';
import { createStripeEmulator } from './server';
import { webhookSecret } from './webhook-secret';

/** A running emulator, and all that a test may do to it. */
export interface StripeHandle extends Control {
  /** Where the API, the hosted pages, the dashboard and the controls are. */
  readonly url: string;
  /** The secret that forwarded events are signed with. */
  readonly webhookSecret: string;
  /** Ends it; the state on disk stays. */
  close(): Promise<void>;
}

export interface MountOptions extends StripeOptions {
  /** The public address that your server gives it, such as `http://localhost:3000`. It needs the root. */
  url: string;
  /** More links for the dashboard, from paths to names. */
  links?: Readonly<Record<string, string>>;
  /** What the dashboard's first page offers to try. */
  experiments?: readonly Experiment[];
}

export interface MountedStripe extends StripeHandle {
  /**
   * Answers a request.
   * @param env what `@hono/node-server` gives: with it, faults can cut connections
   */
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}

/** An emulator that listens nowhere, to be mounted in a server of your own. @throws OptionError */
export async function createStripe({
  url,
  links,
  experiments,
  ...options
}: MountOptions): Promise<MountedStripe> {
  const { apiVersion, dir, forward, isolateKeys, name, seed } = readOptions(options);
  const planted = readSeed(seed);
  const { app, control, ensureForward, close } = await openState(dir, () =>
    createStripeEmulator({
      dir,
      origin: url,
      businessName: name,
      apiVersion,
      dashboardLinks: links,
      experiments,
      isolateKeys,
      seed: planted,
    }),
  );
  const secret = webhookSecret(dir);
  if (forward !== undefined) ensureForward({ url: forward, secret });
  return {
    ...control,
    url,
    webhookSecret: secret,
    fetch: (request, env) => app.fetch(request, env instanceof Object ? env : undefined),
    close,
  };
}

/** @throws Error that says which folder is of no use, and why */
async function openState<T>(dir: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (dir === 'memory' || error instanceof SeedError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The state in ${dir} cannot be opened: ${why}\nChoose another folder, or delete this one if nothing in it is needed.`,
      { cause: error },
    );
  }
}
