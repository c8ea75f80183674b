'use client';

import { pageLanguage } from '@/components/failure';
import { FailurePage } from '@/components/failure-page';
import { failure } from '@/lib/words/failure';
import './globals.css';

/** Replaces the root layout when that fails, so it needs its own `<html>`. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang={pageLanguage()}>
      <head>
        <title>{failure[pageLanguage()].title}</title>
      </head>
      <body>
        <FailurePage error={error} retry={retry} />
      </body>
    </html>
  );
}
