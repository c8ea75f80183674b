import { env } from '../env';
import { type Formats, formatsIn } from '../format';
import { findLocale, type Locale } from '../locale';
import { invitationUrl } from '../team/invitation-link';
import { findTimeZone } from '../time-zone';
import { english } from './english';
import { german } from './german';
import { layOut } from './layout';
import { type MailFacts, type MailKind, mailFacts, optionalMails, safetyMails } from './mail-kinds';
import type { MailText, MailTexts } from './mail-texts';
import type { Mail } from './send-mail';
import { unsubscribeUrl } from './unsubscribe';

/** An e-mail of the outbox, and whom it is for. */
export type Draft = {
  id: string;
  kind: MailKind;
  cause: string;
  /** As they are stored: parsed here. */
  facts: unknown;
  /** The id is null when the account is deleted. */
  user: { id: string | null; email: string; locale: string | null; timeZone: string | null };
};

/**
 * Writes an e-mail in the person's language, or in English where we have no other. Dates are
 * those of the time zone in which their pages are.
 *
 * @throws ZodError when the facts are not those of its kind
 */
export function compose({ id, kind, cause, facts, user }: Draft): Mail {
  const { texts, language, formats } = languageOf(user);
  const { subject, paragraphs, button } = write(kind, facts, texts, formats);
  const isOptional = optionalMails.has(kind);
  const url = addressOf(kind, facts);
  return {
    to: user.email,
    ...layOut({
      language,
      subject,
      title: subject,
      paragraphs,
      fallback: texts.fallback,
      button: { text: button, url },
      footer: isOptional
        ? `${texts.footer.optional} ${env().NEXTAUTH_URL}/settings`
        : texts.footer[footerOf(kind)],
    }),
    messageId: `<${id}@${new URL(env().NEXTAUTH_URL).hostname}>`,
    headers: {
      'X-Cause': `${kind} ${cause}`,
      // Asks for no automatic replies (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(isOptional &&
        user.id && {
          'List-Unsubscribe': `<${unsubscribeUrl(user.id)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
    },
  };
}

/** What e-mails say, by language. */
export const mailTexts: Readonly<Record<Locale, MailTexts>> = { en: english, de: german };

function languageOf({ locale, timeZone }: Draft['user']) {
  const language = findLocale(locale) ?? 'en';
  const formats = formatsIn(language, findTimeZone(timeZone) ?? 'UTC');
  return { texts: mailTexts[language], language, formats };
}

function write<Kind extends MailKind>(
  kind: Kind,
  facts: unknown,
  texts: MailTexts,
  formats: Formats,
): MailText {
  const schemas: { [Each in MailKind]: { parse: (value: unknown) => MailFacts[Each] } } = mailFacts;
  const words: { [Each in MailKind]: (of: MailFacts[Each], formats: Formats) => MailText } = texts;
  return words[kind](schemas[kind].parse(facts), formats);
}

function footerOf(kind: MailKind): 'money' | 'safety' | 'invited' {
  if (kind === 'invited') return kind;
  return safetyMails.has(kind) ? 'safety' : 'money';
}

/** Where the button leads: Stripe's page of the invoice, else a page of ours; to billing unless listed. */
function addressOf(kind: MailKind, facts: unknown): string {
  if (kind === 'invited') {
    const { invitation, number } = mailFacts.invited.parse(facts);
    return invitationUrl(invitation, number);
  }
  const { invoice } = withInvoice.safeParse(facts).data ?? {};
  return invoice ?? `${env().NEXTAUTH_URL}${pages[kind] ?? '/billing'}`;
}

const withInvoice = mailFacts.refunded.pick({ invoice: true });

const pages: Partial<Record<MailKind, string>> = {
  welcome: '/dashboard',
  ended: '/pricing',
  limit_reached: '/pricing',
  new_browser: '/settings',
  email_changed: '/',
  goodbye: '/',
  team_deleted: '/',
};
