import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createWireServer } from './postgres-wire';

export interface Postgres {
  /** The connection string, ready for DATABASE_URL. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts an embedded PostgreSQL on the loopback interface.
 *
 * @param dir folder of its data, or `memory` for none
 * @param port where it listens; 0 takes any free one
 */
export async function startPostgres({
  dir,
  port,
}: {
  dir: string;
  port: number;
}): Promise<Postgres> {
  if (dir !== 'memory' && !existsSync(dir)) await createData(dir);
  const database = await PGlite.create(dir === 'memory' ? 'memory://' : dir);
  const server = createWireServer(database);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const bound = address && typeof address === 'object' ? address.port : port;
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${bound}/postgres?sslmode=disable`,
    async close() {
      server.close();
      await database.close();
    },
  };
}

/** Made aside and renamed, so that a crash in the middle leaves no half of a database behind. */
async function createData(dir: string): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(dir), { recursive: true });
  const database = await PGlite.create(unfinished);
  await database.close();
  await rename(unfinished, dir);
}
