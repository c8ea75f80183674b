/** The languages we speak: in pages, e-mails, dates and money, and what we ask Stripe's pages to speak. */
export const locales = ['en', 'de'] as const;

export type Locale = (typeof locales)[number];

/**
 * The best match of ours for what a browser accepts.
 *
 * @param acceptLanguage the Accept-Language header, in order of preference by its `q` values
 * @returns null when nothing in it is spoken here
 */
export function matchLocale(acceptLanguage: string | null): Locale | null {
  const ranges = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.toLowerCase().split('-')[0], quality: q ? Number(q.slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { language } of ranges) {
    const found = findLocale(language);
    if (found) return found;
  }
  return null;
}

/** The locale with exactly this name, or null: what a form or a database field is checked with. */
export function findLocale(name: unknown): Locale | null {
  return locales.find((locale) => locale === name) ?? null;
}
