import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { deferredWork } from '../after-response';
import { db } from '../db';
import { log } from '../log';
import { stopTracing } from '../tracing';

/** Milliseconds that the end of a process may take once the last response was sent. */
const PATIENCE = 5_000;

/**
 * Puts the end of this process in order. On SIGTERM or SIGINT, Next closes the server and waits for it.
 * Closed at once, a server drops connections whose request has not arrived yet. So for a while it only
 * says that it is not ready, for the load balancer to see, and answers as before. Then it takes no new
 * connection, answers what is in progress and does what was to follow, sends the last spans, and closes
 * the database's connections.
 *
 * Applies to every HTTP server of the process, that is to Next's, which nobody hands to us.
 *
 * @param drainSeconds how long it still takes requests
 */
export function closeInOrder(drainSeconds: number): void {
  const { close } = Server.prototype;
  Server.prototype.close = function (callback) {
    log.info('stopping');
    shared.isStopping = true;
    setTimeout(() => {
      close.call(this, (error) => void finish().finally(() => callback?.(error)));
    }, drainSeconds * 1000);
    return this;
  };
}

/** Whether this process is to get no new requests: it is about to end. */
export function isStopping(): boolean {
  return shared.isStopping === true;
}

// Next bundles instrumentation.ts apart from the routes, so this module exists twice in a process.
const shared: typeof globalThis & { isStopping?: boolean } = globalThis;

async function finish(): Promise<void> {
  try {
    await Promise.race([
      deferredWork().then(() => Promise.all([stopTracing(), db().$disconnect()])),
      sleep(PATIENCE, undefined, { ref: false }),
    ]);
    log.info('stopped');
  } catch (error) {
    log.error('not stopped in order', error);
  }
}
