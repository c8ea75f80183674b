import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from 'stripe-emulator/testing';
import { act, passTime, tellAction } from './actions';
import { changePlan, choices } from './change';
import { consumeAtOnce } from './consume';
import { databaseTroubles, stripeTroubles } from './happenings';
import type { Step, Trouble } from './history';
import type { Scene } from './live';
import type { Place } from './world';

/** Fewer than the thirty for which Stripe, and its emulator, keep an event: none is gone before we hear of it. */
const MOST_DAYS = 25;

/**
 * Has one step happen.
 *
 * @returns what happened, in words
 */
export async function perform(scene: Scene, step: Step): Promise<string> {
  const { world, people, mail, courier } = scene;
  switch (step.step) {
    case 'act': {
      const { name, customer, isKnown } = one(people, step.customer);
      // Who is gone before we knew them would never become known.
      const isPossible = step.action.kind !== 'be deleted' || isKnown;
      const done = isPossible && act(world.stripe, customer, step.action);
      return `${name}: ${done ? tellAction(done) : 'nothing'}`;
    }
    case 'time passes':
      for (let left = step.days; left > 0; left -= MOST_DAYS) {
        await passTime(world.stripe, Math.min(left, MOST_DAYS));
        world.tally.events += mail.collect();
      }
      // A day later, a walk over everybody that was stopped is started again: our clock stands still.
      await world.database.reconcileProgress.updateMany({ data: { walk: null } });
      return `${step.days} days pass.`;
    case 'deliver': {
      const event = mail.choose(step.event);
      if (!event) return 'There is no event to deliver.';
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, mail.customerOf(event), event.id);
      await courier.deliver(event, place);
      return `${tell(event, scene)} comes to instance ${step.to}${trouble}.`;
    }
    case 'deliver once more': {
      const event = mail.choose(step.event, mail.taken);
      if (!event) return 'There is no event to deliver once more.';
      await courier.deliver(event, one(world.places, step.to));
      return `${tell(event, scene)} comes once more, to instance ${step.to}.`;
    }
    case 'deliver all at once':
      await courier.deliverAll();
      return 'All that was not taken comes at once.';
    case 'lose': {
      const event = mail.choose(step.event);
      if (!event) return 'There is no event to lose.';
      world.tally.note('an event is lost');
      mail.lose(event);
      return `${tell(event, scene)} is lost.`;
    }
    case 'return from Stripe': {
      const { name, customer } = one(people, step.customer);
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, customer);
      await courier.start(place.seat.ask(`/return?customer=${customer}`));
      return `${name} returns from Stripe to instance ${step.to}${trouble}.`;
    }
    case 'take on': {
      const person = people.find(({ isKnown }) => !isKnown);
      if (!person) return 'Everybody is known.';
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, person.customer);
      scene.needsReconciling = true;
      await courier.start(courier.takeOn(person, place));
      return `${person.name} becomes known to instance ${step.to}${trouble}.`;
    }
    case 'reconcile': {
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, one(people, step.customer).customer);
      if (courier.isBusy) world.tally.note('a reconciler runs beside deliveries');
      await courier.start(place.seat.ask(`/reconcile${step.all ? '?all' : ''}`));
      return `Instance ${step.to} reconciles ${step.all ? 'everybody' : 'missed events'}${trouble}.`;
    }
    case 'change the plan': {
      const { name, user, customer } = one(people, step.customer);
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, customer);
      const { plan: to, interval, seats } = one(choices, step.choice);
      const asked = new URLSearchParams({ user, plan: to, interval, seats });
      await courier.start(changePlan(scene, place, customer, asked));
      return `${name} asks instance ${step.to} for ${seats} × ${to} by the ${interval}${trouble}.`;
    }
    case 'keep the plan': {
      const { name, user, customer } = one(people, step.customer);
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, customer);
      await courier.start(place.seat.ask(`/keep?user=${user}`));
      return `${name} asks instance ${step.to} to keep the plan${trouble}.`;
    }
    case 'return from Checkout': {
      const { name, customer } = one(people, step.customer);
      const place = one(world.places, step.to);
      const trouble = plan(place, step.trouble, customer);
      await courier.start(place.seat.ask(`/bought?customer=${customer}`));
      return `${name} returns from Checkout to instance ${step.to}${trouble}.`;
    }
    case 'members change': {
      const place = one(world.places, step.to);
      const team = people.find(({ isTeam }) => isTeam);
      if (!team) return 'There is no team.';
      const trouble = plan(place, step.trouble, team.customer);
      const asked = new URLSearchParams({
        account: team.user,
        change: step.joins ? 'join' : 'leave',
      });
      await courier.start(place.seat.ask(`/members?${asked}`));
      return `Somebody ${step.joins ? 'joins' : 'leaves'} the team at instance ${step.to}${trouble}.`;
    }
    case 'use at once': {
      const { name, user } = one(people, step.customer);
      if (courier.isBusy) return `${name} uses nothing.`;
      const granted = await consumeAtOnce(world, user, step);
      return `${name} uses ${step.n}, ${step.times} times at once, and may ${granted} times.`;
    }
    case 'let go':
      await courier.letGo(one(world.places, step.to));
      return `What is held up at instance ${step.to} goes on.`;
    case 'kill': {
      const place = one(world.places, step.to);
      if (place.seat.isBusy) world.tally.note('an instance is killed at work');
      await place.seat.kill();
      await courier.letGo(place);
      return `Instance ${step.to} is killed.`;
    }
    case 'kill at work': {
      const place = one(world.places, step.to);
      courier.scatter();
      await sleep(step.milliseconds);
      if (place.seat.isBusy) world.tally.note('an instance is killed at work');
      await place.seat.kill();
      await courier.letGo(place);
      return `All that was not taken comes to both instances at once; after ${step.milliseconds} ms, instance ${step.to} is killed.`;
    }
    case 'clock is wrong':
      await one(world.places, step.to).seat.skew(step.seconds);
      return `The clock of instance ${step.to} is off by ${step.seconds} s.`;
  }
}

/**
 * Plans trouble for what an instance does next about a customer, or in the database about an event.
 *
 * @returns it in words
 */
function plan(place: Place, trouble: Trouble, customer: string, event?: string): string {
  switch (trouble.kind) {
    case 'none':
      return '';
    case 'Stripe':
      if (customer) place.stripe.arm(customer, trouble.how);
      return `; ${stripeTroubles[trouble.how]}`;
    case 'database': {
      const ids = event ? [event] : [];
      if (customer) ids.push(customer);
      place.postgres.arm({ ids, nth: trouble.nth, trouble: trouble.how });
      return `; ${databaseTroubles[trouble.how]} (its number ${trouble.nth})`;
    }
  }
}

function tell(event: StoredEvent, { people, mail }: Scene): string {
  const owner = people.find(({ customer }) => customer === mail.customerOf(event));
  return `${event.type} of ${owner?.name.toLowerCase()}`;
}

function one<T>(all: readonly T[], number: number): T {
  const found = all[number % all.length];
  if (!found) throw new Error('There are none to choose from.');
  return found;
}
