import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The address of the database through it. */
  url: string;
  /** The connections that there are swallow everything without a reset, as after a failover. New ones work. */
  silence(): void;
  /** New connections are swallowed, too, as by a server that is frozen. */
  freeze(): void;
  /** Ends the connections that there are, and refuses new ones, as when nothing listens there. */
  refuse(): void;
  /** Takes new connections again. */
  mend(): Promise<void>;
  close(): void;
}

/**
 * Stands between the app and its database.
 *
 * @param change is given what the database sends
 */
export async function openDatabaseProxy(
  target: string,
  change = (data: Buffer) => data,
): Promise<DatabaseProxy> {
  const to = new URL(target);
  const silent = new WeakSet<Socket>();
  const open = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((client) => {
    if (isFrozen) silent.add(client);
    const upstream = connect(Number(to.port || 5432), to.hostname);
    client.on('data', (data) => silent.has(client) || upstream.write(data));
    upstream.on('data', (data) => silent.has(client) || client.write(change(data)));
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => {
      open.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
    open.add(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  const port = address && typeof address === 'object' ? address.port : 0;
  url.port = String(port);
  const silence = () => {
    for (const socket of open) silent.add(socket);
  };
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    silence,
    freeze() {
      isFrozen = true;
      silence();
    },
    refuse() {
      server.close();
      end();
    },
    async mend() {
      isFrozen = false;
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close() {
      end();
      server.close();
    },
  };
}
