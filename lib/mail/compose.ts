import { env } from '../env';
import { type Formats, formatsIn } from '../format';
import { findLocale } from '../locale';
import { english } from './english';
import { german } from './german';
import { layOut } from './layout';
import { type MailFacts, type MailKind, mailFacts, optionalMails } from './mail-kinds';
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
  user: { id: string; email: string; locale: string | null };
};

/**
 * Writes an e-mail in the person's language, or in English where we have no other. Dates are in UTC.
 *
 * @throws ZodError when the facts are not those of its kind
 */
export function compose({ id, kind, cause, facts, user }: Draft): Mail {
  const { texts, language, formats } = languageOf(user.locale);
  const { subject, paragraphs, button } = write(kind, facts, texts, formats);
  const isOptional = optionalMails.has(kind);
  const url = addressOf(kind, facts);
  return {
    to: user.email,
    ...layOut({
      ...{ language, subject, title: subject, paragraphs, fallback: texts.fallback },
      button: { text: button, url },
      footer: isOptional
        ? `${texts.footer.optional} ${env().NEXTAUTH_URL}/settings`
        : texts.footer.money,
    }),
    messageId: `<${id}@${new URL(env().NEXTAUTH_URL).hostname}>`,
    headers: {
      'X-Cause': `${kind} ${cause}`,
      // Nobody is to answer these by a machine (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(isOptional && {
        'List-Unsubscribe': `<${unsubscribeUrl(user.id)}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}

function languageOf(name: string | null) {
  const locale = findLocale(name);
  const language = locale?.split('-')[0];
  if (locale && language === 'de') return { texts: german, language, formats: formatsIn(locale) };
  const isEnglish = locale && language === 'en';
  return { texts: english, language: 'en', formats: formatsIn(isEnglish ? locale : 'en') };
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

/** Where the button leads: a page of ours, or Stripe's page of the invoice. */
function addressOf(kind: MailKind, facts: unknown): string {
  const { invoice } = withInvoice.safeParse(facts).data ?? {};
  return invoice ?? `${env().NEXTAUTH_URL}${pages[kind]}`;
}

const withInvoice = mailFacts.refunded.pick({ invoice: true });

const pages: Record<MailKind, string> = {
  welcome: '/dashboard',
  trial_ending: '/billing',
  trial_ended: '/billing',
  receipt: '/billing',
  payment_failed: '/billing',
  payment_failed_finally: '/billing',
  action_required: '/billing',
  card_expiring: '/billing',
  plan_changed: '/billing',
  plan_planned: '/billing',
  canceled: '/billing',
  ended: '/pricing',
  limit_reached: '/pricing',
  refunded: '/billing',
};
