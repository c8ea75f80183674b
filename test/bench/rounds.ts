import { fire, type Shot, type Speed } from './load';
import type { World } from './places';
import { clicks, freshEvents } from './shots';

/** Of one measure in one round: short, so that what else the machine does changes little meanwhile. */
const SECONDS = 0.75;
/** As many as anyone gets through in that time. */
const EVENTS = 2_500;
const CLICKS = 4_000;
const PAGES = 1_500;
const AT_ONCE = 16;

/** What is measured on a database of so many customers: what is asked, of whom. */
export interface Lane {
  work: string;
  server: string;
  customers: number;
}

/** A lane's speeds, one for each round, in order. */
export interface Measured extends Lane {
  speeds: Speed[];
}

export const LANES = {
  /** The least that anyone could do, in bare Node. */
  floor: 'bare Node',
  /** The same, and the one read that the app makes of Stripe for a new event. */
  floorAndRead: 'bare Node and a read',
  /** A Next app with nothing but one action that redirects. */
  emptyNext: 'empty Next',
  /** What an app on Next cannot do without: both of the former, one after the other. */
  combined: 'combined floor',
  /** A file on the app's own server. */
  file: 'static file',
  app: 'app',
} as const;

/**
 * Measures everything once: the floors and the app in turns, so that whatever else the machine does
 * hits all of them.
 *
 * @param all where the speeds are added
 */
export async function measureRound(
  { model, places, emptyNext }: World,
  all: Measured[],
  signal: AbortSignal,
): Promise<void> {
  for (const { customers, app, floor } of places) {
    const measure = async (
      work: string,
      server: string,
      origin: string,
      shots: Shot[],
      atOnce = AT_ONCE,
    ) => {
      const speed = await fire(origin, shots, { atOnce, signal, seconds: SECONDS });
      laneOf(all, { work, server, customers }).speeds.push(speed);
      return shots.slice(0, speed.count);
    };
    const fresh = () => freshEvents(model, customers, EVENTS);
    const bare = await measure('new event', LANES.floor, floor, to('/event', fresh()));
    await measure('new event', LANES.floorAndRead, floor, to('/event-and-read', fresh()));
    const ours = await measure('new event', LANES.app, app, fresh());
    await measure('duplicate', LANES.floor, floor, bare);
    await measure('duplicate', LANES.app, app, ours);
    for (const atOnce of [1, AT_ONCE]) {
      const work = atOnce === 1 ? 'click, one at a time' : `click, ${atOnce} at once`;
      const count = CLICKS;
      const visits = await clicks(model, customers, { app, count });
      const empty = await clicks(model, customers, { app: emptyNext, count, path: '/' });
      await measure(work, LANES.floor, floor, to('/click', visits), atOnce);
      await measure(work, LANES.emptyNext, emptyNext, empty, atOnce);
      await measure(work, LANES.app, app, visits, atOnce);
    }
    for (const [server, path] of [
      [LANES.file, '/robots.txt'],
      [LANES.app, '/'],
    ] as const) {
      const headers = { accept: 'text/html', 'accept-language': 'en' };
      const shots = Array.from({ length: PAGES }, () => ({ path, headers, status: 200 }));
      await measure('landing page', server, app, shots, 1);
    }
  }
}

/** The same requests, for the floor. */
function to(path: string, shots: readonly Shot[]): Shot[] {
  return shots.map((shot) => ({ ...shot, path }));
}

function laneOf(all: Measured[], lane: Lane): Measured {
  const found = all.find((each) => isSame(each, lane));
  if (found) return found;
  const added = { ...lane, speeds: [] };
  all.push(added);
  return added;
}

export function isSame(a: Lane, b: Lane): boolean {
  return a.work === b.work && a.server === b.server && a.customers === b.customers;
}
