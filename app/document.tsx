import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { OnEveryPage } from '@/components/on-every-page';
import { colour } from '@/lib/colours';
import type { Locale } from '@/lib/locale';
import { copy, product } from '@/lib/product';
import { type Theme, themes } from '@/lib/theme';
import './globals.css';
import { previewSize } from './preview/preview-size';

/** The document that every root layout makes. @param theme null follows the system */
export function Document({
  language,
  theme = null,
  children,
}: {
  language: Locale;
  theme?: Theme | null;
  children: ReactNode;
}) {
  return (
    <html lang={language} data-theme={theme} className={serif.variable}>
      <body>
        {children}
        <OnEveryPage />
      </body>
    </html>
  );
}

/** What every page says of itself to those who link to it. @param origin our own */
export function documentMetadata(language: Locale, origin: string): Metadata {
  const { tagline, lede } = copy[language];
  return {
    metadataBase: new URL(origin),
    title: { default: `${product.name}: ${tagline}`, template: `%s · ${product.name}` },
    description: lede,
    applicationName: product.name,
    openGraph: {
      type: 'website',
      siteName: product.name,
      images: [{ url: `/preview/${language}`, ...previewSize, alt: `${product.name}: ${tagline}` }],
    },
    twitter: { card: 'summary_large_image' },
  };
}

export function documentViewport(theme: Theme | null = null): Viewport {
  if (theme) return { colorScheme: theme, themeColor: paper[theme] };
  return {
    colorScheme: 'light dark',
    themeColor: themes.map((each) => ({
      media: `(prefers-color-scheme: ${each})`,
      color: paper[each],
    })),
  };
}

/** Source Serif 4, for headings and prices. It comes with the app, so that it looks the same everywhere. */
const serif = localFont({
  src: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2',
  variable: '--source-serif',
  weight: '400',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
});

/** The color of the browser's own toolbar. */
const paper = colour('paper');
