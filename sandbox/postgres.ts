import { once } from 'node:events';
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
  const database = await PGlite.create(dir === 'memory' ? 'memory://' : dir);
  const server = createWireServer(database);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('unreachable');
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${address.port}/postgres?sslmode=disable`,
    async close() {
      server.close();
      await database.close();
    },
  };
}
