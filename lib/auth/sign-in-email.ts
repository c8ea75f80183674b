import { layOut } from '../mail/layout';
import { product } from '../product';

/**
 * The e-mail with a sign-in link.
 *
 * @param url the link, which signs in whoever follows it
 */
export function signInEmail(url: string): { subject: string; text: string; html: string } {
  const subject = `Sign in to ${product.name}`;
  return layOut({
    language: 'en',
    subject,
    title: subject,
    paragraphs: ['This link signs you in. It works once and expires after 24 hours.'],
    button: { text: 'Sign in', url },
    fallback: 'If the button does not work, open this link:',
    footer:
      'If you did not request it, you can ignore this e-mail: nobody can sign in without the link.',
  });
}
