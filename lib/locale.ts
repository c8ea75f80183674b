/** The languages that Stripe's pages speak, and so those that ours writes dates and money in. */
export const locales = [
  ...['bg', 'cs', 'da', 'de', 'el', 'en', 'en-AU', 'en-CA', 'en-GB', 'en-IE', 'en-IN', 'en-NZ'],
  ...[
    'en-SG',
    'es',
    'es-419',
    'et',
    'fi',
    'fil',
    'fr',
    'fr-CA',
    'hr',
    'hu',
    'id',
    'it',
    'ja',
    'ko',
  ],
  ...['lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th'],
  ...['tr', 'vi', 'zh', 'zh-HK', 'zh-TW'],
] as const;

/** A language of ours, as Stripe spells it. */
export type Locale = (typeof locales)[number];

/** Languages that browsers call by another name than Stripe. */
const synonyms: Readonly<Record<string, Locale>> = {
  no: 'nb',
  nn: 'nb',
  tl: 'fil',
  'zh-hant': 'zh-TW',
  'zh-mo': 'zh-HK',
};

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
      return { tag: tag.toLowerCase(), quality: q ? Number(q.slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag } of ranges) {
    const found = findByTag(tag);
    if (found) return found;
  }
  return null;
}

/** The locale with exactly this name, or null: what a form or a database field is checked with. */
export function findLocale(name: unknown): Locale | null {
  return locales.find((locale) => locale === name) ?? null;
}

/** From the whole tag down to its language: `de-AT-1996`, `de-AT`, `de`. */
function findByTag(tag: string): Locale | null {
  const parts = tag.split('-');
  for (let length = parts.length; length > 0; length--) {
    const candidate = parts.slice(0, length).join('-');
    const found =
      locales.find((locale) => locale.toLowerCase() === candidate) ?? synonyms[candidate];
    if (found) return found;
  }
  return null;
}
