import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { language as builtLanguage, tax as builtTax } from 'next/root-params';
import { cache } from 'react';
import { currentUser } from './auth/session';
import { type Env, env, taxModes } from './env';
import { type Formats, formatsIn } from './format';
import { findLocale, type Locale, matchLocale } from './locale';
import { findTheme, type Theme } from './theme';
import { findTimeZone, timeZoneCookie } from './time-zone';
import { wordsIn } from './words';
import type { Words } from './words/english';

/** The language of this page: the one it was built in, else that of whoever reads it. Pages only. */
export const language = cache(
  async (): Promise<Locale> => findLocale(await builtLanguage()) ?? (await readersLanguage()),
);

/**
 * The language that the signed-in user chose, else the first of the browser's that we speak. While the
 * database does not answer it is the browser's, since the page that says so must stand without it.
 */
export async function readersLanguage(): Promise<Locale> {
  const chosen = await currentUser().then(
    (user) => findLocale(user?.locale),
    () => null,
  );
  return chosen ?? (await browserLocale()) ?? 'en';
}

/** What pages say to whoever reads them. */
export async function words(): Promise<Words> {
  return wordsIn(await language());
}

/** How dates and money are written for whoever reads them. */
export async function formats(): Promise<Formats> {
  return formatsIn(await language(), await timeZone());
}

/** Where the reader's days begin and end: where the browser says it is, else where it last was. Pages only. */
export const timeZone = cache(async (): Promise<string> => {
  if (await builtLanguage()) return 'UTC';
  return (await browserTimeZone()) ?? findTimeZone((await currentUser())?.timeZone) ?? 'UTC';
});

export async function browserTimeZone(): Promise<string | null> {
  return findTimeZone((await cookies()).get(timeZoneCookie)?.value);
}

/** A page's `generateMetadata`, from the texts it chooses. */
export function metadata(choose: (words: Words) => Metadata): () => Promise<Metadata> {
  return async () => choose(await words());
}

/** The language that the browser asks for, among those we speak. */
export async function browserLocale(): Promise<Locale | null> {
  return matchLocale((await headers()).get('accept-language'));
}

/** Whether prices contain tax, on pages that are built before the environment is known, too. */
export async function shownTax(): Promise<Env['STRIPE_TAX']> {
  const built = await builtTax();
  return taxModes.find((mode) => mode === built) ?? env().STRIPE_TAX;
}

/** The look that the signed-in user chose; null follows the system, as while the database is away. */
export async function chosenTheme(): Promise<Theme | null> {
  return currentUser().then(
    (user) => findTheme(user?.theme),
    () => null,
  );
}
