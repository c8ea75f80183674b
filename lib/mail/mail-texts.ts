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
  /** The small print: of those about money, and of those that one can do without. */
  footer: { money: string; optional: string };
} & { [Kind in MailKind]: (facts: MailFacts[Kind], formats: Formats) => MailText };
