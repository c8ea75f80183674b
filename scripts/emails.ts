import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compose } from '@/lib/mail/compose';
import { mailKinds } from '@/lib/mail/mail-kinds';
import { cleanEnvironment } from '../test/support/clean-environment';
import { mailSamples } from './mail-samples';

const FOLDER = '.dev/emails';

/** Nothing is connected to: the e-mails are only written. */
const environment = {
  DATABASE_URL: 'postgresql://localhost/none',
  NEXTAUTH_URL: 'https://example.com',
  NEXTAUTH_SECRET: 'only for looking at e-mails',
  EMAIL_SERVER: 'smtp://localhost',
  EMAIL_FROM: 'Example <hello@example.com>',
  STRIPE_SECRET_KEY: 'sk_test_none',
  STRIPE_WEBHOOK_SECRET: 'whsec_none',
};

/** `npm run emails`: writes every e-mail, in each language, and a page that shows them all. */
async function main(): Promise<void> {
  cleanEnvironment(process.cwd(), process.env);
  Object.assign(process.env, environment);
  await mkdir(FOLDER, { recursive: true });
  const frames: string[] = [];
  for (const kind of mailKinds) {
    for (const locale of ['en', 'de']) {
      const user = { id: 'user', email: 'you@example.com', locale, timeZone: null };
      const mail = compose({ id: kind, kind, cause: 'example', facts: mailSamples[kind], user });
      const file = `${kind}-${locale}`;
      await writeFile(path.join(FOLDER, `${file}.html`), mail.html);
      await writeFile(path.join(FOLDER, `${file}.txt`), `${mail.subject}\n\n${mail.text}\n`);
      frames.push(
        `<h2>${file}: <a href="${file}.html">HTML</a>, <a href="${file}.txt">text</a></h2><iframe src="${file}.html" title="${file}"></iframe>`,
      );
    }
  }
  const style =
    'iframe { width: 100%; height: 34rem; border: 1px solid #999 } body { font-family: sans-serif }';
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>E-mails</title><style>${style}</style>${frames.join('\n')}</html>`;
  const index = path.join(FOLDER, 'index.html');
  await writeFile(index, page);
  console.log(path.resolve(index));
}

await main();
