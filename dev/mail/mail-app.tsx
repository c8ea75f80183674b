/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { InboxPage, MessagePage, MissingPage } from './inbox-page';
import type { Mailbox } from './mailbox';

/** A message's own HTML may show itself and be clicked: no script, no form, nothing fetched. */
const HTML_POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
].join('; ');

/** The inbox page and the JSON of the messages, over HTTP. */
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
    // Its links lead the whole window, not the frame that it is shown in.
    return c.html(`<base target="_top">${message.html}`, 200, {
      'Content-Security-Policy': HTML_POLICY,
    });
  });
  return app;
}
