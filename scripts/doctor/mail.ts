import { createTransport } from 'nodemailer';
import { type Finding, ok, problem } from '@/lib/finding';
import { product } from '@/lib/product';

const CHECK = 'mail';
const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Connects to the mail server, greets it and signs in. Sends nothing.
 *
 * @param server EMAIL_SERVER
 */
export async function examineMail(server: string): Promise<Finding> {
  const { hostname, port, protocol } = new URL(server);
  const place = `${hostname}:${port || (protocol === 'smtps:' ? 465 : 587)}`;
  const transport = createTransport({
    url: server,
    connectionTimeout: TIMEOUT_MILLISECONDS,
    greetingTimeout: TIMEOUT_MILLISECONDS,
    socketTimeout: TIMEOUT_MILLISECONDS,
    dnsTimeout: TIMEOUT_MILLISECONDS,
  });
  try {
    await transport.verify();
    return ok(CHECK, `${place} takes mail.`);
  } catch (error) {
    return problem(CHECK, ...explain(error, place));
  } finally {
    transport.close();
  }
}

/** Whether the sender is somebody that mail can come from. @param sender EMAIL_FROM */
export function examineSender(sender: string, { livemode }: { livemode: boolean }): Finding {
  const check = 'sender';
  const [, domain] = /[^\s<>@]+@([^\s<>@]+\.[^\s<>@]+)/.exec(sender) ?? [];
  if (!domain) {
    return problem(
      check,
      'EMAIL_FROM holds no e-mail address.',
      `Set EMAIL_FROM to a name and an address, for example ${product.name} <hello@your-domain.com>`,
    );
  }
  if (livemode && /(^|\.)example\.(com|net|org)$/i.test(domain)) {
    return problem(
      check,
      `Mail would come from ${domain}, which is nobody's.`,
      'Set EMAIL_FROM to an address of a domain that your mail server may send for.',
    );
  }
  return ok(check, `Mail comes from ${domain}.`);
}

/** nodemailer's codes in words. The server's own words are left out: some repeat a password. */
function explain(error: unknown, place: string): [says: string, mend: string] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : '';
  const asProvided =
    'Set EMAIL_SERVER as your mail provider gives it: smtp://USER:PASSWORD@HOST:PORT';
  if (code === 'EAUTH') {
    return [
      `${place} refuses the user name or the password.`,
      `${asProvided}; in the password write characters such as @ : / % percent-encoded (@ is %40).`,
    ];
  }
  if (code === 'ETLS') {
    return [
      `${place} offers no TLS, which EMAIL_SERVER asks for.`,
      'Use the port that your mail provider gives for TLS (usually 587). For a server on a network of your own, leave requireTLS out of EMAIL_SERVER.',
    ];
  }
  if (code === 'EDNS') return [`There is no server by the name of ${place}.`, asProvided];
  if (/wrong version|packet length|ssl3_get_record/i.test(message)) {
    return [
      `${place} does not speak TLS from the start.`,
      'Write smtp:// in EMAIL_SERVER (usually port 587); smtps:// is for port 465.',
    ];
  }
  if (/certificate|self.signed|altname/i.test(message)) {
    return [
      `${place} shows a certificate that is not valid for it.`,
      'Use in EMAIL_SERVER the host name that is on its certificate.',
    ];
  }
  if (/ECONNREFUSED/.test(message)) return [`Nothing listens at ${place}.`, asProvided];
  if (code === 'ETIMEDOUT') {
    return [
      `${place} did not answer within ${TIMEOUT_MILLISECONDS / 1000} seconds.`,
      `${asProvided}. Many networks block port 25, and some smtp:// on port 465: try 587.`,
    ];
  }
  if (code === 'EPROTOCOL') return [`What answers at ${place} is not a mail server.`, asProvided];
  return [`${place} did not take the connection${code ? ` (${code})` : ''}.`, asProvided];
}
