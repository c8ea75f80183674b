import type { Locale } from './locale';

/** The product's name, support address and marketing copy. To rename the product, change it here. */
export const product = {
  name: 'Keel',
  supportEmail: 'support@example.com',
} as const;

type Copy = { tagline: string; lede: string };

/** What the product says of itself, in each language. */
export const copy: Readonly<Record<Locale, Copy>> = {
  en: {
    tagline: 'The billing starter that holds its course',
    lede: 'Sign-in, plans, Checkout, and a billing page that is up to date every time a customer comes back from Stripe. A complete Next.js app to make your own.',
  },
  de: {
    tagline: 'Der Billing-Starter, der Kurs hält',
    lede: 'Anmeldung, Tarife, Checkout und eine Abrechnungsseite, die stimmt, sobald jemand von Stripe zurückkommt. Eine vollständige Next.js-App als Grundlage für Ihre eigene.',
  },
};
