/** @jsxImportSource hono/jsx */
import { html, raw } from 'hono/html';
import type { FC, PropsWithChildren } from 'hono/jsx';
import { inboxStyle } from './inbox-style';
import { type Message, splitAtLinks } from './message';

/** All messages, newest first. Updates by itself, with or without JavaScript. */
export const InboxPage: FC<{ messages: Message[]; to: string | undefined }> = ({
  messages,
  to,
}) => (
  <Page title={messages.length > 0 ? `Inbox (${messages.length})` : 'Inbox'} refresh>
    <header>
      <h1>Inbox</h1>
      <p>
        {to ? `Email to ${to}. ` : ''}
        Every email the app sends is caught here. Nothing leaves this machine.
      </p>
    </header>
    {messages.length === 0 ? (
      <p class="empty">No messages yet. They appear here as soon as the app sends one.</p>
    ) : (
      <ol class="messages">
        {messages.map((message) => (
          <li key={message.id}>
            <a href={`/inbox/${message.id}`}>
              <strong>{message.subject || '(no subject)'}</strong>
              <span class="to">{message.to.join(', ')}</span>
              <Time date={message.date} />
              <span class="preview">{message.text.slice(0, 160)}</span>
            </a>
          </li>
        ))}
      </ol>
    )}
  </Page>
);

/** One message: its HTML in a frame that cannot run scripts, its text, its links. */
export const MessagePage: FC<{ message: Message }> = ({ message }) => (
  <Page title={message.subject || '(no subject)'}>
    <header>
      <nav>
        <a href="/inbox">← Inbox</a>
      </nav>
      <h1>{message.subject || '(no subject)'}</h1>
      <dl>
        <dt>From</dt>
        <dd>{message.from}</dd>
        <dt>To</dt>
        <dd>{message.to.join(', ')}</dd>
        <dt>Received</dt>
        <dd>
          <Time date={message.date} />
        </dd>
      </dl>
    </header>
    {message.html && (
      <section aria-labelledby="message">
        <h2 id="message">Message</h2>
        <iframe
          title="The message as HTML"
          src={`/inbox/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
        />
      </section>
    )}
    <section aria-labelledby="text">
      <h2 id="text">Text</h2>
      {message.text ? (
        <pre>{linked(message.text)}</pre>
      ) : (
        <p class="empty">This message has no plain text.</p>
      )}
    </section>
    {message.links.length > 0 && (
      <section aria-labelledby="links">
        <h2 id="links">Links</h2>
        <ul class="links">
          {message.links.map((link) => (
            <li key={link}>
              <a href={link}>{link}</a>
            </li>
          ))}
        </ul>
      </section>
    )}
  </Page>
);

/** For the address of a message that does not exist (any more). */
export const MissingPage: FC = () => (
  <Page title="No such message">
    <header>
      <nav>
        <a href="/inbox">← Inbox</a>
      </nav>
      <h1>No such message</h1>
    </header>
    <p class="empty">It was deleted, or the address is wrong.</p>
  </Page>
);

const Time: FC<{ date: string }> = ({ date }) => (
  <time datetime={date}>{`${date.slice(0, 10)} ${date.slice(11, 19)} UTC`}</time>
);

function linked(text: string) {
  return splitAtLinks(text).map((part, index) =>
    index % 2 === 1 ? (
      <a key={part} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}

const Page: FC<PropsWithChildren<{ title: string; refresh?: boolean }>> = ({
  title,
  refresh,
  children,
}) => (
  <>
    {html`<!doctype html>`}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ctext y='13' font-size='13'%3E✉️%3C/text%3E%3C/svg%3E"
        />
        <style>{raw(inboxStyle)}</style>
        {refresh && (
          <noscript>
            <meta http-equiv="refresh" content="5" />
          </noscript>
        )}
      </head>
      <body>
        <main>{children}</main>
        {refresh && <script>{raw(REFRESH)}</script>}
      </body>
    </html>
  </>
);

/** Fetches the page again every two seconds while it is visible, and replaces what changed. */
const REFRESH = `
let shown = document.querySelector('main').innerHTML;
setInterval(async () => {
  if (document.hidden) return;
  const reply = await fetch(location.href).catch(() => null);
  if (!reply?.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const now = page.querySelector('main').innerHTML;
  if (now === shown) return;
  shown = now;
  document.title = page.title;
  document.querySelector('main').innerHTML = now;
}, 2000);
`;
