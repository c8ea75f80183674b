import { fire, type Shot, type Speed } from './load';
import type { World } from './places';
import { clicks, freshEvents } from './shots';

/** Of one measure in one round: short, so that what else the machine does changes little meanwhile. */
const SECONDS = 0.75;
/** As many as anyone gets through in that time. */
const EVENTS = 2_000;
const CLICKS = 1_600;
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

/** The least that anyone could do, in bare Node. */
export const FLOOR = 'floor';
/** The same, and the one read that the app makes of Stripe for a new event. */
const FLOOR_AND_READ = 'floor and a read';
/** The app refusing at the door, before it asks anyone: what Next costs by itself. */
const NEXT_ALONE = 'Next alone';
const APP = 'app';

/**
 * Measures everything once: the floor and the app in turns, so that whatever else the machine does
 * hits both.
 *
 * @param all where the speeds are added
 */
export async function measureRound(
  { model, places }: World,
  all: Measured[],
  signal: AbortSignal,
): Promise<void> {
  for (const { customers, app, floor } of places) {
    const measure = async (work: string, server: string, shots: Shot[], atOnce = AT_ONCE) => {
      const origin = server === APP || server === NEXT_ALONE ? app : floor;
      const speed = await fire(origin, shots, { atOnce, signal, seconds: SECONDS });
      laneOf(all, { work, server, customers }).speeds.push(speed);
      return shots.slice(0, speed.count);
    };
    const fresh = () => freshEvents(model, customers, EVENTS);
    const bare = await measure('new event', FLOOR, to('/event', fresh()));
    await measure('new event', FLOOR_AND_READ, to('/event-and-read', fresh()));
    await measure('new event', NEXT_ALONE, unsigned(fresh()));
    const ours = await measure('new event', APP, fresh());
    await measure('duplicate', FLOOR, bare);
    await measure('duplicate', APP, ours);
    for (const atOnce of [1, AT_ONCE]) {
      const work = atOnce === 1 ? 'click, one at a time' : `click, ${atOnce} at once`;
      const visits = await clicks(model, customers, { app, count: CLICKS });
      await measure(work, FLOOR, to('/click', visits), atOnce);
      await measure(work, NEXT_ALONE, signedOut(visits), atOnce);
      await measure(work, APP, visits, atOnce);
    }
  }
}

/** The same requests, for the floor. */
function to(path: string, shots: readonly Shot[]): Shot[] {
  return shots.map((shot) => ({ ...shot, path }));
}

function unsigned(shots: readonly Shot[]): Shot[] {
  return shots.map((shot) => ({ ...shot, headers: {}, status: 400 }));
}

function signedOut(shots: readonly Shot[]): Shot[] {
  return shots.map(({ headers: { cookie: _, ...headers }, ...shot }) => ({
    ...shot,
    headers,
    to: '/sign-in',
  }));
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
