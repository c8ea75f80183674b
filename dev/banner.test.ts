import { expect, it } from 'vitest';
import { banner } from './banner';

const settings = {
  appUrl: 'https://tunnel.example',
  port: 3000,
  dir: 'memory',
  services: { postgres: true, smtp: true, stripe: true },
  moved: [],
  lacksWebhookSecret: false,
};

it('says what to do about a NEXTAUTH_URL that does not lead to the app', () => {
  const text = banner(settings, { signIn: { email: 'demo@example.com', link: null } });
  expect(text).toContain('https://tunnel.example (NEXTAUTH_URL) does not lead to this app yet.');
  expect(text).toContain('at port 3000');
  expect(text).not.toContain('as demo@example.com:');
});
