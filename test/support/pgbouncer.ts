import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPort, isAnswered } from '../../dev/ports';

/** Debian's user `nobody`: PgBouncer refuses to run as root. */
const NOBODY = 65_534;

export interface PgBouncer {
  /** The address of a database of the server, through PgBouncer. */
  through(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts a PgBouncer in transaction mode: each transaction gets any of a few connections. It is given
 * fewer than those who use it have, so that they really share.
 *
 * @param program where it is installed, such as /usr/sbin/pgbouncer
 * @param server the address of any database of the server that it stands in front of
 * @throws Error when it does not start, with what it said
 */
export async function startPgBouncer(program: string, server: string): Promise<PgBouncer> {
  const { hostname, port, username, password } = new URL(server);
  const folder = await mkdtemp(path.join(tmpdir(), 'pgbouncer-'));
  const listen = await findPort('', 6500);
  const login = `user=${username}${password && ` password=${decodeURIComponent(password)}`}`;
  const settings = path.join(folder, 'pgbouncer.ini');
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${port || 5432} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
ignore_startup_parameters = extra_float_digits
`,
  );
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await chmod(folder, 0o755);
    await chown(settings, NOBODY, NOBODY);
  }
  const child = spawn(program, ['-q', settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    for (const event of ['error', 'exit'] as const) child.once(event, () => resolve());
  }).then(() => {
    ended = true;
  });
  while (!(await isAnswered('127.0.0.1', listen))) {
    if (ended) throw new Error(`PgBouncer did not start.\n${said}`);
    await sleep(50);
  }
  return {
    through(database) {
      const url = new URL(database);
      url.hostname = '127.0.0.1';
      url.port = String(listen);
      url.searchParams.set('pgbouncer', 'true');
      return url.href;
    },
    async stop() {
      child.kill('SIGINT');
      await end;
      await rm(folder, { recursive: true });
    },
  };
}
