import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Document, documentMetadata, documentViewport } from '@/app/document';
import { builtOrigin } from '@/lib/read-built-page';
import { language } from '@/lib/reader';

export async function generateMetadata(): Promise<Metadata> {
  return documentMetadata(await language(), builtOrigin());
}

export const generateViewport = () => documentViewport();

/** No page that was not built: proxy.ts leads here to what is. */
export const dynamicParams = false;

/**
 * The same pages for everybody without a session, built ahead. lib/built-pages says which of them an
 * address shows.
 */
export default async function BuiltLayout({ children }: { children: ReactNode }) {
  return <Document language={await language()}>{children}</Document>;
}
