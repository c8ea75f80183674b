import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { ReloadOnRestore } from '@/components/reload-on-restore';
import { chosenTheme } from '@/lib/auth/session';
import { colour } from '@/lib/colours';
import { env } from '@/lib/env';
import { product } from '@/lib/product';
import { themes } from '@/lib/theme';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  return {
    metadataBase: new URL(env().NEXTAUTH_URL),
    title: { default: `${product.name}: ${product.tagline}`, template: `%s · ${product.name}` },
    description: product.tagline,
    applicationName: product.name,
    openGraph: { type: 'website', siteName: product.name },
    twitter: { card: 'summary_large_image' },
  };
}

export async function generateViewport(): Promise<Viewport> {
  await connection();
  const theme = await chosenTheme();
  if (theme) return { colorScheme: theme, themeColor: paper[theme] };
  return {
    colorScheme: 'light dark',
    themeColor: themes.map((each) => ({
      media: `(prefers-color-scheme: ${each})`,
      color: paper[each],
    })),
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The content security policy has a new nonce for each response, so no page can be prerendered.
  await connection();
  return (
    <html lang="en" data-theme={await chosenTheme()}>
      <body>
        {children}
        <ReloadOnRestore />
      </body>
    </html>
  );
}

/** The color of the browser's own toolbar. */
const paper = colour('paper');
