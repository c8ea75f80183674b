import { checkAccess } from './access';
import { passMoment } from './actions';
import { compare, WrongState } from './compare';
import { Courier } from './courier';
import type { History } from './history';
import { Mailbag } from './mailbag';
import { createPeople, type Person } from './people';
import { checkSeats } from './seats';
import { settle, settleSeats, settleStarts } from './settle';
import { checkStarts } from './starts';
import { perform } from './steps';
import { clear, type World } from './world';

/** What one history is made of while it is lived through. */
export interface Scene {
  world: World;
  people: readonly Person[];
  mail: Mailbag;
  courier: Courier;
  /**
   * Whether delivering again cannot be enough: somebody became known, and was possibly cut off before
   * their earlier events, which are acknowledged, had an effect.
   */
  needsReconciling: boolean;
  /** What was wrong on the way. */
  problems: string[];
}

/**
 * Lives through a history, lets the dust settle as it would in the end (what is held up goes on, what
 * was not acknowledged is put right in the history's way, what was lost is reconciled), and compares.
 *
 * @param say is told what happens, line by line
 * @throws WrongState when the database does not say what Stripe says
 */
export async function live(
  world: World,
  { isTold, steps, ending }: History,
  say: (line: string) => void,
): Promise<void> {
  await clear(world);
  const people = await createPeople(world);
  const mail = new Mailbag(
    world.stripe,
    people.map(({ customer }) => customer),
  );
  const courier = new Courier(world, mail);
  const scene: Scene = { world, people, mail, courier, needsReconciling: false, problems: [] };
  world.tally.events += mail.collect();
  try {
    if (isTold) {
      await courier.deliverAll();
      await courier.finish();
    }
    say(isTold ? 'At first, everything is told.' : 'At first, nothing is told.');
    for (const step of steps) {
      say(await perform(scene, step));
      world.tally.events += mail.collect();
      // What is held up may hold the database, and be written between two looks at it.
      if (!courier.isBusy) await checkAccess(world, people);
    }
    if (scene.problems.length > 0) throw new WrongState(scene.problems.join('\n'));
    say(`In the end, events were ${ending}.`);
    const found = await settle(scene, ending);
    await passMoment(world.stripe);
    // While delivering, the app may have acted at Stripe, which it is told of only now.
    let late = mail.collect();
    if (late === 0) await compare(world, people, { taken: mail.taken, found });
    do {
      await settleStarts(scene);
      await settleSeats(scene);
      await passMoment(world.stripe);
      late = mail.collect();
    } while (late > 0);
    await checkAccess(world, people);
    await checkSeats(world, people);
    checkStarts(world, people, { trials: ending === 'delivered until they are taken' });
    await compare(world, people, { taken: mail.taken, found });
  } finally {
    await courier.finish();
  }
  world.tally.histories++;
}
