import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { StartError } from './start-error';

/** The ports given out by this process, which may not have been bound yet. */
const promised = new Set<number>();

/**
 * Finds a port: what the environment variable says, else the first free one from `usual` upwards.
 *
 * @throws StartError when the variable names a port that is taken, or no port
 */
export async function findPort(variable: string, usual: number): Promise<number> {
  const given = process.env[variable]?.trim();
  return given ? claimPort(variable, given) : firstFree(usual);
}

/**
 * Takes the port that somebody asked for, and no other.
 *
 * @param variable where they asked, for the message
 * @throws StartError when it is taken, or no port
 */
export async function claimPort(variable: string, given: string): Promise<number> {
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`${variable} is "${given}", which is not a port: give 1 to 65535.`);
  }
  if (promised.has(port) || !(await isFree(port))) {
    throw new StartError(
      `${variable} asks for port ${port}, but something else listens there. Name another port, or unset ${variable} to have one found.`,
    );
  }
  promised.add(port);
  return port;
}

async function firstFree(usual: number): Promise<number> {
  for (let port = usual; port <= 65_535; port++) {
    if (promised.has(port) || !(await isFree(port))) continue;
    promised.add(port);
    return port;
  }
  throw new StartError(`No port is free from ${usual} upwards.`);
}

/**
 * Whether nobody listens on `port` at 127.0.0.1 or ::1: `localhost` may mean either. Asks twice,
 * since some systems let one bind beside a server that listens on every address.
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
    // A machine without IPv6 has nobody on ::1 either.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
  } finally {
    server.close();
  }
}

/** Whether somebody takes connections there. */
export async function isAnswered(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  socket.setTimeout(500, () => socket.destroy(new Error('silent')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
