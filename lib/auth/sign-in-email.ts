import type { Locale } from '../locale';
import { mailTexts } from '../mail/compose';
import { layOut } from '../mail/layout';

/**
 * The e-mail with a link for whoever asked for it just now.
 *
 * @param kind `sign_in`: the link signs in whoever follows it. `change_email`: asks a new address whether
 *   it is the person's; the link does nothing for whoever is not signed in to the account
 * @param language of the person, or else of the browser that asked
 */
export function linkEmail(kind: 'sign_in' | 'change_email', url: string, language: Locale) {
  const { links, fallback } = mailTexts[language];
  const { subject, paragraphs, button, footer } = links[kind];
  return layOut({
    language,
    subject,
    title: subject,
    paragraphs,
    button: { text: button, url },
    fallback,
    footer,
  });
}
