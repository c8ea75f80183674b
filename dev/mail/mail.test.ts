import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hono } from 'hono';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMailApp } from './mail-app';
import { Mailbox } from './mailbox';
import type { Message } from './message';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher';

let dir: string;
let mailbox: Mailbox;
let smtp: SmtpCatcher;
let app: Hono;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'mail-'));
  mailbox = new Mailbox(dir);
  smtp = await startSmtpCatcher(mailbox, 0);
  app = createMailApp(mailbox);
});

afterEach(async () => {
  await smtp.close();
  rmSync(dir, { recursive: true });
});

function send(message: object, url = smtp.url) {
  return createTransport(url).sendMail({
    from: 'Ada <ada@example.com>',
    to: 'you@example.com',
    subject: 'Hello',
    text: 'Hello.',
    ...message,
  });
}

async function list(query = ''): Promise<Message[]> {
  return (await app.request(`/_emulator/mail${query}`)).json();
}

it('catches what a client sends and lists it newest first', async () => {
  await send({ subject: 'First' });
  await send({ subject: 'Zweite, mit Ümlaut – und Strich', to: 'You@Example.com' });
  expect(await list()).toMatchObject([
    { subject: 'Zweite, mit Ümlaut – und Strich', from: 'Ada <ada@example.com>' },
    { subject: 'First', to: ['you@example.com'], text: 'Hello.' },
  ]);
});

it('shows the headers of a message, by their names in lower case', async () => {
  await send({ messageId: '<one@example.com>', headers: { 'X-Cause': 'welcome sub_1' } });
  expect((await list())[0]?.headers).toMatchObject({
    'message-id': '<one@example.com>',
    'x-cause': 'welcome sub_1',
  });
});

it('accepts any password', async () => {
  await send({}, smtp.url.replace('smtp://', 'smtp://somebody:secret@'));
  expect(await list()).toHaveLength(1);
});

it('filters by the address it was delivered to, including Bcc and ignoring case', async () => {
  await send({ to: 'A@example.com', bcc: 'hidden@example.com' });
  await send({ to: 'b@example.com' });
  expect(await list('?to=a@EXAMPLE.com')).toHaveLength(1);
  expect(await list('?to=hidden@example.com')).toHaveLength(1);
  expect(await list('?to=nobody@example.com')).toEqual([]);
});

it('finds each link in the HTML and the text once, as a browser would read it', async () => {
  await send({
    html: `<a class="b" href="https://a.example/?x=1&amp;y=2">Go</a> <A HREF='http://b.example/'>x</A> <a href="mailto:x@y.z">m</a>`,
    text: 'Go to https://a.example/?x=1&y=2 (or https://c.example/d).',
  });
  const [message] = await list();
  expect(message?.links).toEqual([
    'https://a.example/?x=1&y=2',
    'http://b.example/',
    'https://c.example/d',
  ]);
});

it('still has its messages after a restart, and none after a reset', async () => {
  await send({ subject: 'Kept' });
  expect(new Mailbox(dir).list()).toMatchObject([{ subject: 'Kept' }]);
  mailbox.reset();
  expect(new Mailbox(dir).list()).toEqual([]);
});

it('shows a message without letting it run scripts', async () => {
  await send({ subject: '<b>Bold</b>', html: '<script>alert(1)</script><p>Hi</p>' });
  const [message] = await list();
  const page = await (await app.request(`/inbox/${message?.id}`)).text();
  expect(page).toContain('&lt;b&gt;Bold&lt;/b&gt;');
  expect(page).not.toContain('alert(1)');
  const frame = await app.request(`/inbox/${message?.id}/html`);
  expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
});

it('says so when there is no such message', async () => {
  expect((await app.request('/inbox/mail_1_1')).status).toBe(404);
});
