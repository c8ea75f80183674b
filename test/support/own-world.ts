import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Stand-ins in a process of their own, with or without an app. */
export type OwnWorld = {
  /** What a process needs in its environment to use them. */
  environment: Record<string, string>;
  /** What the app has printed. */
  log: string[];
  stop(): Promise<void>;
};

/**
 * Starts stand-ins that one test worker has to itself: it may break them, and count what they receive.
 *
 * @param appKey the Stripe key of an app that is started with them, from the production build; without
 *   one no app is, and no webhook is delivered
 * @param environmentOfApp what else the app's environment has
 * @throws Error with what the app has printed when it does not start
 */
export async function startOwnWorld(
  appKey?: string,
  environmentOfApp: Record<string, string> = {},
): Promise<OwnWorld> {
  const log: string[] = [];
  const server = fork(
    'test/support/own-world-server.ts',
    appKey ? [appKey, JSON.stringify(environmentOfApp)] : [],
    {
      cwd: ROOT,
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(ROOT, 'scripts/tsconfig.tsx.json') },
    },
  );
  const environment = await untilReady(server, log);
  return {
    environment,
    log,
    async stop() {
      if (server.exitCode !== null) return;
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

const ready = z.object({ environment: z.record(z.string(), z.string()) });
const line = z.object({ line: z.string() });

function untilReady(server: ChildProcess, log: string[]): Promise<OwnWorld['environment']> {
  return new Promise((resolve, reject) => {
    server.on('message', (message) => {
      const said = line.safeParse(message);
      if (said.success) log.push(said.data.line);
      else resolve(ready.parse(message).environment);
    });
    server.once('exit', (code) => reject(new Error(`it ended (${code}):\n${log.join('\n')}`)));
  });
}
