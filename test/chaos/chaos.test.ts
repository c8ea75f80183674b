import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '@/lib/billing/mirror/resources';
import { type Counterexample, check } from './check';
import { happenings } from './happenings';
import { startWorld, type World } from './world';

/** Milliseconds. A busy machine may take its time: this is only to end what never would. */
const PATIENCE = 600_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, PATIENCE);
afterAll(() => world.close(), PATIENCE);

describe('after random histories and random trouble', () => {
  let wrong: Counterexample | null;
  beforeAll(async () => {
    wrong = await check(world, { runs: 12, seed: 163 });
  }, PATIENCE);

  it('the database says what Stripe says', () => {
    expect(wrong).toBeNull();
  });

  it('nearly everything that can go wrong really had', () => {
    // What is drawn is the same each time; when it comes is not, and some of it comes too late.
    const missing = happenings.filter((happening) => world.tally.count(happening) === 0);
    expect(missing.length, missing.join(', ')).toBeLessThanOrEqual(3);
  });
});

describe('a database that does something wrong of its own is found out:', () => {
  afterEach(() => world.database.$executeRaw`DROP FUNCTION planted CASCADE`);

  it(
    'one that keeps what a subscription contained',
    async () => {
      await plant('UPDATE ON "Subscription"', 'NEW.items := OLD.items;');
      const wrong = await check(world, { runs: 60, seed: 2, cutting: 0 });
      expect(wrong?.error).toMatch(/^The \w+ differs:\n {2}subscriptions\.\d\.items\.0\.\w+ is /);
      expect(wrong?.story.join('\n')).toMatch(/switch|change quantity|days pass/);
    },
    PATIENCE,
  );

  it(
    'one that forgets which read came later',
    async () => {
      await plant(
        'UPDATE ON "Customer"',
        resources.map((resource) => `NEW."${resource}Sequence" := 0;`).join(' '),
      );
      expect(await check(world, { runs: 60, seed: 3, cutting: 0 })).not.toBeNull();
    },
    PATIENCE,
  );
});

/** Has the database change what is written, behind the app's back. */
async function plant(when: string, change: string): Promise<void> {
  await world.database.$executeRawUnsafe(
    `CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN ${change} RETURN NEW; END $$`,
  );
  await world.database.$executeRawUnsafe(
    `CREATE TRIGGER planted BEFORE ${when} FOR EACH ROW EXECUTE FUNCTION planted()`,
  );
}
