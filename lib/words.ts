import type { Locale } from './locale';
import { english, type Words } from './words/english';
import { german } from './words/german';
import type { Message } from './words/text';

/**
 * The message with a name, and the name; null for none. Pages receive only a name in their query and look the
 * message up, so no address can put its own text on a page.
 */
export function findMessage<Key extends string>(
  texts: Readonly<Record<Key, Message>>,
  name: unknown,
): (Message & { key: Key }) | null {
  const isKey = (value: unknown): value is Key =>
    typeof value === 'string' && Object.hasOwn(texts, value);
  return isKey(name) ? { key: name, ...texts[name] } : null;
}

const languages: Readonly<Record<Locale, Words>> = { en: english, de: german };

/** What pages say in a language. */
export function wordsIn(locale: Locale): Words {
  return languages[locale];
}
