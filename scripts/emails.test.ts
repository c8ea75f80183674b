import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { mailKinds } from '@/lib/mail/mail-kinds';
import { runCommand } from '../test/support/run-command';

it('npm run emails shows every e-mail in both languages, with one button each', async () => {
  const { out } = await runCommand('scripts/emails.ts', []);
  const folder = path.dirname(out.trim());
  for (const kind of mailKinds) {
    for (const language of ['en', 'de']) {
      const html = readFileSync(path.join(folder, `${kind}-${language}.html`), 'utf8');
      expect(html).toContain(`<html lang="${language}">`);
      expect(html.match(/class="button"/g)).toHaveLength(1);
      const text = readFileSync(path.join(folder, `${kind}-${language}.txt`), 'utf8');
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  }
});
