import { createTransport } from 'nodemailer';
import { env } from '../env';

/** An e-mail in both forms, so that every reader can show it. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers?: Readonly<Record<string, string>>;
  /** In angle brackets, and the same for a repetition; one is made up otherwise. */
  messageId?: string;
};

/**
 * Sends one e-mail through the configured SMTP server.
 *
 * @throws Error when the server cannot be reached within ten seconds or refuses the message
 */
export async function sendMail({ headers = {}, ...mail }: Mail): Promise<void> {
  const transport = createTransport({
    url: env().EMAIL_SERVER,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
  });
  await transport.sendMail({ from: env().EMAIL_FROM, headers: { ...headers }, ...mail });
}
