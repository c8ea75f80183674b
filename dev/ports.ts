import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { StartError } from './start-error';

/** The ports this process has handed out; some may not be bound yet. */
const handedOut = new Set<number>();

/**
 * Finds a port: the one the environment variable names, else the first free one from `usual` up.
 *
 * @throws StartError when the variable's value is in use or not a port
 */
export async function findPort(variable: string, usual: number): Promise<number> {
  const given = process.env[variable]?.trim();
  return given ? claimPort(variable, given) : firstFree(usual);
}

/**
 * Takes exactly the port that was asked for.
 *
 * @param variable where it was asked for, for the error message
 * @throws StartError when it is in use or not a port
 */
export async function claimPort(variable: string, given: string): Promise<number> {
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(
      `${variable} is "${given}", which is not a port. Set it to a number from 1 to 65535.`,
    );
  }
  if (handedOut.has(port) || !(await isFree(port))) {
    throw new StartError(
      `Port ${port} (from ${variable}) is already in use. Set ${variable} to another port, or unset it to have a free one picked.`,
    );
  }
  handedOut.add(port);
  return port;
}

async function firstFree(usual: number): Promise<number> {
  for (let port = usual; port <= 65_535; port++) {
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    return port;
  }
  throw new StartError(`There is no free port from ${usual} up.`);
}

/**
 * Whether nothing listens on `port` at 127.0.0.1 and ::1; `localhost` may mean either. Tries both to
 * bind and to connect, because some systems allow binding next to a server on all addresses.
 */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    if (!(await canBind(host, port)) || (await isAnswered(host, port))) return false;
  }
  return true;
}

async function canBind(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch (error) {
    // On a machine without IPv6 nothing can listen on ::1.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
  } finally {
    server.close();
  }
}

/** Whether a server accepts connections there. */
export async function isAnswered(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  socket.setTimeout(500, () => socket.destroy(new Error('timeout')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
