import type { Metadata, Viewport } from 'next';
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

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <ReloadOnRestore />
      </body>
    </html>
  );
}
