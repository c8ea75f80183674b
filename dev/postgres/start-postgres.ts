import { once } from 'node:events';
import { openDatabase } from './open-database';
import { createWireServer } from './wire-server';

export interface Postgres {
  /** The value for DATABASE_URL. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts an embedded PostgreSQL (PGlite) on 127.0.0.1.
 *
 * @param dir the folder of its data, or `memory` for none
 * @param port where it listens; 0 picks any free port
 * @param options as {@link createWireServer} takes them
 */
export async function startPostgres({
  dir,
  port,
  ...options
}: {
  dir: string;
  port: number;
  idleInTransactionMilliseconds?: number;
}): Promise<Postgres> {
  const database = await openDatabase(dir);
  const server = createWireServer(database, options);
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
