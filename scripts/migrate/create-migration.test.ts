import { expect, it } from 'vitest';
import { pendingSql } from './create-migration';

it('finds no difference between schema.prisma and the migrations', async () => {
  expect(await pendingSql()).toBeNull();
});
