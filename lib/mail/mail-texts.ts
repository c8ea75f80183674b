import type { Formats } from '../format';
import type { MailFacts, MailKind } from './mail-kinds';

/** What one e-mail says. */
export type MailText = {
  subject: string;
  paragraphs: readonly string[];
  /** The text of the button. */
  button: string;
};

/** Everything that e-mails say in one language. */
export type MailTexts = {
  fallback: string;
  /** The small print: of those about money, about access, to strangers, and of those one can do without. */
  footer: { money: string; safety: string; invited: string; optional: string };
  /** Of those with a link that somebody asked for: they are sent at once, not by the outbox. */
  links: Record<'sign_in' | 'change_email', MailText & { footer: string }>;
} & { [Kind in MailKind]: (facts: MailFacts[Kind], formats: Formats) => MailText };
