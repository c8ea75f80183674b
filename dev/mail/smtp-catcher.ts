import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Mailbox } from './mailbox';
import { readMessage } from './message';

const MAX_BYTES = 25 * 1024 * 1024;

export interface SmtpCatcher {
  /** The value for EMAIL_SERVER. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts an SMTP server on 127.0.0.1 that accepts every message, with or without a password, and puts it
 * in the mailbox instead of delivering it.
 *
 * @param port where it listens; 0 picks any free port
 */
export async function startSmtpCatcher(mailbox: Mailbox, port: number): Promise<SmtpCatcher> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    // No client would trust its certificate.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    banner: 'Catches every message, delivers none',
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    onData: (stream, session, done) => {
      catchMessage(mailbox, stream, session).then(
        () => done(null),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that hangs up early is not an error.
  server.on('error', () => {});
  const listener = server.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const bound = address && typeof address === 'object' ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function catchMessage(
  mailbox: Mailbox,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) {
    throw Object.assign(new Error('The message is larger than 25 MiB.'), { responseCode: 552 });
  }
  const date = new Date();
  mailbox.add(
    await readMessage(raw, {
      id: mailbox.newId(date),
      date,
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to: envelope.rcptTo.map(({ address }) => address),
    }),
  );
}
