import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { env } from '@/lib/env';
import { chosenTheme, language } from '@/lib/reader';
import { Document, documentMetadata, documentViewport } from './document';

// What the root layouts of pages that are rendered for each request have in common.

/** The document in the language and theme of whoever reads it. */
export async function ReaderDocument({ children }: { children: ReactNode }) {
  // The content security policy has a new nonce for each response, so no such page can be prerendered.
  await connection();
  return (
    <Document language={await language()} theme={await chosenTheme()}>
      {children}
    </Document>
  );
}

export async function readerMetadata(): Promise<Metadata> {
  await connection();
  return documentMetadata(await language(), env().NEXTAUTH_URL);
}

export async function readerViewport(): Promise<Viewport> {
  await connection();
  return documentViewport(await chosenTheme());
}
