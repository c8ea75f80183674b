import PostalMime from 'postal-mime';

/** An email as the inbox and its API show it. */
export interface Message {
  id: string;
  from: string;
  /** The addresses it was delivered to, including those in Bcc. */
  to: string[];
  subject: string;
  /** By their names in lower case. */
  headers: Record<string, string>;
  /** When it arrived: ISO 8601, UTC. */
  date: string;
  text: string;
  html: string;
  /** Every web address in it, each once: first those in the HTML, then those in the text. */
  links: string[];
}

/** Parses an email as received over SMTP, together with its SMTP envelope. */
export async function readMessage(
  raw: Uint8Array,
  envelope: { id: string; date: Date; from: string; to: string[] },
): Promise<Message> {
  const email = await PostalMime.parse(raw);
  const text = email.text?.trim() ?? '';
  const html = email.html ?? '';
  return {
    id: envelope.id,
    from: email.from?.name
      ? `${email.from.name} <${email.from.address ?? envelope.from}>`
      : (email.from?.address ?? envelope.from),
    to: envelope.to,
    subject: email.subject ?? '',
    headers: Object.fromEntries(email.headers.map(({ key, value }) => [key, value])),
    date: envelope.date.toISOString(),
    text,
    html,
    links: [...new Set([...linksOfHtml(html), ...linksOfText(text)])],
  };
}

function linksOfHtml(html: string): string[] {
  const hrefs = html.matchAll(/<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi);
  return [...hrefs]
    .map((href) => decodeEntities(href[1] ?? href[2] ?? href[3] ?? '').trim())
    .filter((link) => /^https?:\/\//i.test(link));
}

function linksOfText(text: string): string[] {
  return splitAtLinks(text).filter((_, index) => index % 2 === 1);
}

/** Splits plain text: every second piece is a web address, without punctuation that follows it. */
export function splitAtLinks(text: string): string[] {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/i);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** In an HTML attribute, at least the ampersands of an address are written as entities. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
