import { afterEach, expect, it, vi } from 'vitest';
import { env } from './env';
import { builtOrigin } from './read-built-page';

afterEach(() => vi.unstubAllEnvs());

it('knows our own origin under next dev, where no page is built ahead', () => {
  vi.stubEnv('NODE_ENV', 'development');
  expect(builtOrigin()).toBe(env().NEXTAUTH_URL);
});
