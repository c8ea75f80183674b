import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cleanEnvironment } from './clean-environment';

it("keeps a developer's configuration out, whether exported or in .env files", () => {
  const root = mkdtempSync(path.join(tmpdir(), 'environment-'));
  writeFileSync(
    path.join(root, '.env'),
    'DATABASE_URL=postgresql://real\n# NOT=1\nexport A_FLAG=1',
  );
  writeFileSync(path.join(root, '.env.local'), 'STRIPE_SECRET_KEY = sk_live_1');
  const environment = { PATH: '/bin', EMAIL_SERVER: 'smtp://real', DATABASE_URL: 'also' };
  cleanEnvironment(root, environment);
  expect(environment).toEqual({
    PATH: '/bin',
    DATABASE_URL: '',
    A_FLAG: '',
    STRIPE_SECRET_KEY: '',
  });
  rmSync(root, { recursive: true });
});
