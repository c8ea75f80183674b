import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, portal, type Shop } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';
import { advanceClock } from '../../core/advance-clock';

const MINUTE = 60;

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
});

afterEach(() => pages.close());

function pass(seconds: number) {
  const { core } = pages.emulator;
  return advanceClock(core, core.clock.now() + seconds);
}

test('a link that nobody opens for five minutes expires and says so', async () => {
  const url = portal(pages, shop);
  await pass(5 * MINUTE + 5);
  await visitor.open(url);
  expect(visitor.page.status).toBe(410);
  expect(visitor.text).toContain('This link has expired');
});

test('a link in use lasts until an hour after its last use', async () => {
  const url = portal(pages, shop);
  await visitor.open(url);
  await pass(55 * MINUTE);
  await visitor.open(url);
  await pass(55 * MINUTE);
  await visitor.open(url);
  expect(visitor.page.status).toBe(200);
  await pass(61 * MINUTE);
  await visitor.open(url);
  expect(visitor.page.status).toBe(410);
});

test('an expired session that allows it lets its customer in again by email', async () => {
  const url = portal(pages, shop, { after_expiration: { type: 'customer_login' } });
  await pass(10 * MINUTE);
  await visitor.open(url);
  await visitor.press('Continue', { email: 'eve@example.com' });
  expect(visitor.text).toContain('This is not the address of this billing account.');
  await visitor.press('Continue', { email: 'ADA@example.com' });
  expect(visitor.page.status).toBe(200);
  expect(visitor.page.url).not.toContain(url);
  expect(visitor.text).toContain('Payment methods');
});

test('of ten thousand links the oldest that have expired are forgotten', async () => {
  const url = portal(pages, shop);
  pages.emulator.run('test', ({ core, world }) => {
    const [session] = world['billing_portal.session'].walk();
    if (!session) throw new Error('There is no session.');
    for (let at = 1; at < 10_000; at++) {
      const created = core.clock.now();
      world['billing_portal.session'].put({ ...session, id: `bps_${at}`, created });
    }
  });
  const count = () =>
    pages.emulator.run('test', ({ world }) => world['billing_portal.session'].size);
  portal(pages, shop);
  expect(count()).toBe(10_001);

  await pass(5 * MINUTE + 5);
  portal(pages, shop);
  expect(count()).toBe(10_000);
  await visitor.open(url);
  expect(visitor.page.status).toBe(404);
});

test('an address that is no session’s is not found', async () => {
  await visitor.open(`${pages.url}/p/session/test_nothing`);
  expect(visitor.page.status).toBe(404);
});
