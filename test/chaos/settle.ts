import type { StoredEvent } from 'stripe-emulator/testing';
import { calm } from './calm';
import { WrongState } from './compare';
import { disarm } from './gates';
import type { Ending } from './history';
import type { Scene } from './live';
import { followUp } from './starts';
import type { Place } from './world';

const MOST_ROUNDS = 30;
/** Stripe lists events of the last thirty days: what is older, only a look at everybody finds. */
const LISTED_SECONDS = 30 * 24 * 60 * 60 - 60;
/** Requests to Stripe a second: it has no limit here. */
const RATE = '1000';

/**
 * Lets the dust settle: afterwards, the database has to be right. What is held up goes on as late as
 * possible, so that nothing that follows can put right what it does wrong.
 *
 * @returns the events that have to be in the event log because a reconciler had them in Stripe's list
 */
export async function settle(scene: Scene, ending: Ending): Promise<readonly StoredEvent[]> {
  const { world, people, mail, courier } = scene;
  for (const place of world.places) {
    disarm(place);
    await place.seat.skew(0);
  }
  if (ending === 'delivered until they are taken') await courier.deliverAll();
  // A transaction that is held up would have all that follows wait.
  for (const { postgres } of world.places) postgres.release();
  const [place] = world.places;
  for (const person of people) {
    if (place && !person.isKnown) await courier.takeOn(person, place);
  }
  await leave[ending](scene);
  const found = place ? await findMissed(scene, ending, place) : [];
  await courier.finish();
  if (ending !== 'delivered until they are taken') mail.pending = [];
  await deliverRest(scene);
  await calm(world.places);
  return found;
}

/** Has the app do what follows from what was recorded, and brings it what comes of that. */
export async function settleStarts(scene: Scene): Promise<void> {
  const { world, mail, courier } = scene;
  for (let round = 0; await followUp(world); round++) {
    if (round === MOST_ROUNDS) throw new WrongState('What follows from a change is never done.');
    world.tally.events += mail.collect();
    await courier.deliverAll(round);
    await courier.finish();
  }
  await deliverRest(scene);
  await calm(world.places);
}

/** Has the app tell Stripe of members until it has nothing left to tell, and brings it what comes of that. */
export async function settleSeats(scene: Scene): Promise<void> {
  const { world } = scene;
  const due = { where: { seatsDueAt: { not: null } } };
  for (let round = 0; round === 0 || (await world.database.team.count(due)) > 0; round++) {
    if (round === MOST_ROUNDS) throw new WrongState('Stripe is never told of all members.');
    await world.database.team.updateMany({ ...due, data: { seatsDueAt: new Date(0) } });
    await world.places[0]?.seat.ask('/follow-members');
    await deliverRest(scene);
  }
  await calm(world.places);
}

/** What is done about events that were not taken, before what is held up goes on. */
const leave: Record<Ending, (scene: Scene) => Promise<void>> = {
  async 'delivered until they are taken'() {},
  'left to `billing reconcile --fix`': ({ world }) =>
    world.billing('reconcile', '--fix', '--rate', RATE),
  'left to `billing reconcile --all --fix`': ({ world }) =>
    world.billing('reconcile', '--all', '--fix', '--rate', RATE),
  async 'failed all, and are left to `billing replay --failed`'({ world, courier }) {
    for (const { stripe } of world.places) stripe.breakDown();
    await courier.deliverAll();
    await courier.finish();
    await world.billing('replay', '--failed');
  },
};

/** Reconciles what delivering and replaying cannot put right. @returns as `settle` */
async function findMissed(
  { world, mail, needsReconciling }: Scene,
  ending: Ending,
  { seat }: Place,
): Promise<readonly StoredEvent[]> {
  const isLeft = ending === 'left to `billing reconcile --fix`';
  const missed = [...mail.lost, ...(needsReconciling ? mail.taken : [])];
  const wanted = isLeft ? [...missed, ...mail.pending] : missed;
  const now = world.stripe.control.clock().now;
  const listed = wanted.filter(({ created }) => created > now - LISTED_SECONDS);
  const isUnlisted = listed.length < wanted.length;
  if (missed.length > 0 || isUnlisted) {
    const reply = await seat.ask(isUnlisted ? '/reconcile?all' : '/reconcile');
    if (!reply?.ok)
      throw new WrongState(
        `Reconciling failed: ${reply ? await reply.text() : 'the instance was killed'}`,
      );
  }
  // A look at everybody asks for no event that was before.
  return isLeft || !isUnlisted ? listed : [];
}

/** Also what the app itself has done at Stripe meanwhile, such as paying with a new card. */
async function deliverRest({ world, mail, courier }: Scene): Promise<void> {
  world.tally.events += mail.collect();
  for (let round = 0; mail.pending.length > 0; round++) {
    if (round === MOST_ROUNDS) throw new WrongState(`${mail.pending[0]?.type} is never taken.`);
    await courier.deliverAll(round);
    await courier.finish();
    world.tally.events += mail.collect();
  }
}
