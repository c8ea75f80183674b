import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { differences } from '../conformance/compare';
import { knownDifferences } from '../conformance/known-differences';
import { normalizer } from '../conformance/normalize';
import { rehearse } from '../conformance/rehearse';
import { printed, report } from '../conformance/report';
import { scenarios } from '../conformance/scenarios';
import type { Venue } from '../conformance/stage';
import { emulatorVenue, stripeVenue } from '../conformance/venues';
import { emulatorForTests } from './emulator-for-tests';
import { formerSdk } from './former-sdks';
import { present } from './objects';

const one = emulatorForTests();
const other = emulatorForTests();

function venues(): [Venue, Venue] {
  return [emulatorVenue(one.url), { ...emulatorVenue(other.url), name: 'the other' }];
}

describe('the conformance suite', () => {
  test('finds no difference between one emulator and another, and cleans up', async () => {
    const told: string[] = [];
    const found = await report(scenarios, ...venues(), (line) => told.push(line));
    expect(found.problems).toEqual([]);
    expect(found.differences).toEqual([]);
    expect(told).toEqual(scenarios.map(({ name }) => `${name}: 0 different`));
    const { stripe } = other;
    expect((await stripe.testHelpers.testClocks.list()).data).toEqual([]);
    expect((await stripe.customers.list()).data).toEqual([]);
    expect((await stripe.prices.list({ active: true })).data).toEqual([]);
    expect((await stripe.products.list({ active: true })).data).toEqual([]);
    expect((await stripe.billingPortal.configurations.list({ active: true })).data).toEqual([]);
  });

  test('finds none either when one of them is asked a second later', async () => {
    const [here, there] = venues();
    const scenario = present(scenarios.find(({ name }) => name === 'refusals'));
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const first = await rehearse(scenario, here);
    vi.setSystemTime(Date.now() + 1_000);
    const second = await rehearse(scenario, there);
    expect(second.problem).toBeUndefined();
    expect(differences('refusals', first.seen, second.seen)).toEqual([]);
  });

  test('prints what is different, field by field', async () => {
    const [here, there] = venues();
    const past = { ...there, stripe: formerSdk('stripe-20', other.url) };
    const chosen = scenarios.filter(({ name }) => name === 'portal');
    const text = printed(await report(chosen, here, past, () => undefined));
    expect(text).toMatch(
      /DIFFERENT {2}portal: configuration\.features\.subscription_pause\n {4}emulator {2}\{.*\n {4}Stripe {4}nothing/,
    );
    expect(text).toMatch(/\n\d+ different, 0 known differences, 0 went wrong$/);
  });

  test('goes on when a scenario fails or takes too long, and cleans up after it', async () => {
    const [here] = venues();
    const failing = await rehearse(
      {
        name: 'failing',
        async run(stage) {
          await stage.customer();
          throw new Error('no');
        },
      },
      here,
    );
    expect(failing).toEqual({ seen: {}, problem: 'no', left: [] });
    expect((await one.stripe.testHelpers.testClocks.list()).data).toEqual([]);
    const slow = { name: 'slow', run: () => new Promise<void>(() => undefined) };
    expect((await rehearse(slow, here, 10)).problem).toBe('It was not over after 0.01 seconds.');
    const undone = await rehearse(
      {
        name: 'undone',
        run: async (stage) => stage.clean(() => Promise.reject(new Error('gone'))),
      },
      here,
    );
    expect(undone.left).toEqual(['gone']);
  });

  test('never runs with a key of live mode', () => {
    expect(() => stripeVenue('sk_live_real')).toThrow('must be a key of test mode');
    expect(stripeVenue('rk_test_some').name).toBe('Stripe');
  });

  test('takes ids for the same that are the same, and times for days', () => {
    const normalize = normalizer();
    expect(
      normalize({ id: 'sub_1Abcdefgh', created: 1_700_000_000, end: 1_700_864_000, url: 'x' }),
    ).toEqual({ id: '<sub_1>', created: '<day 0>', end: '<day 10>', url: '<some>' });
    expect(normalize(['sub_1Abcdefgh', 'sub_2Abcdefgh', 'charge_automatically', 7])).toEqual([
      '<sub_1>',
      '<sub_2>',
      'charge_automatically',
      7,
    ]);
  });

  test('marks known differences with their reason', () => {
    expect(knownDifferences.every(({ reason }) => reason.endsWith('.'))).toBe(true);
    const found = differences('any', { a: { account_name: 'A' }, b: [1] }, { a: {}, b: [2] });
    expect(found.map(({ path, reason }) => [path, reason !== undefined])).toEqual([
      ['a.account_name', true],
      ['b[0]', false],
    ]);
  });
});
