import { locales } from '@/lib/locale';

/** The languages to choose from, each by its own name. */
export const languages = locales.map((locale) => ({
  value: locale,
  text: new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale,
  lang: locale,
}));
