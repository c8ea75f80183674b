import { expect, it } from 'vitest';
import { refuseFormerNames } from './former-names';
import { StartError } from './start-error';

it.each([
  ['SANDBOX_PORT', 'EMULATOR_PORT'],
  ['SANDBOX_SMTP_PORT', 'DEV_SMTP_PORT'],
  ['SANDBOX_POSTGRES_PORT', 'DEV_POSTGRES_PORT'],
  ['SANDBOX_DIR', 'DEV_DIR'],
])('refuses to start with %s, which is now called %s', (former, name) => {
  const start = () => refuseFormerNames({ [former]: '1234' });
  expect(start).toThrow(StartError);
  expect(start).toThrow(`${former} is now called ${name}.`);
});

it('starts when a former name is set to nothing, and with the current names', () => {
  refuseFormerNames({ SANDBOX_PORT: '', EMULATOR_PORT: '1234' });
});
