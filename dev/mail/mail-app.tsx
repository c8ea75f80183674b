/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { InboxPage, MessagePage, MissingPage } from './inbox-page';
import type { Mailbox } from './mailbox';

/** A message's HTML may be shown and its links clicked: no scripts, no forms, nothing loaded. */
const HTML_POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
].join('; ');

/** The routes of the inbox page, and of the messages as JSON. */
export function createMailApp(mailbox: Mailbox): Hono {
  const app = new Hono();
  app.get('/_emulator/mail', (c) => c.json(mailbox.list(c.req.query('to'))));
  app.get('/inbox', (c) => {
    const to = c.req.query('to');
    return c.html(<InboxPage messages={mailbox.list(to)} to={to} />);
  });
  app.get('/inbox/:id', (c) => {
    const message = mailbox.get(c.req.param('id'));
    return message ? c.html(<MessagePage message={message} />) : c.html(<MissingPage />, 404);
  });
  app.get('/inbox/:id/html', (c) => {
    const message = mailbox.get(c.req.param('id'));
    if (!message) return c.notFound();
    // Links open in the window, not in the frame.
    return c.html(`<base target="_top">${message.html}`, 200, {
      'Content-Security-Policy': HTML_POLICY,
    });
  });
  return app;
}
