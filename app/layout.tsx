import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { ReloadOnRestore } from '@/components/reload-on-restore';
import { product } from '@/lib/product';
import './globals.css';

export const metadata: Metadata = {
  title: { default: `${product.name}: ${product.tagline}`, template: `%s · ${product.name}` },
  description: product.tagline,
  applicationName: product.name,
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0b151b' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The policy of each answer names a nonce of its own, which a page made at build time cannot know.
  await connection();
  return (
    <html lang="en">
      <body>
        {children}
        <ReloadOnRestore />
      </body>
    </html>
  );
}
