import { afterAll, beforeAll, expect, it } from 'vitest';
import { check } from './check';
import { startWorld, type World } from './world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(() => world.close());

it('ends with the database saying what Stripe says, after any history and any trouble', async () => {
  expect(await check(world, { runs: 40, seed: 20261121 })).toBeNull();
}, 240_000);
