'use client';

import { FailurePage } from '@/components/failure-page';
import './globals.css';

/** Stands in for the root layout when that fails itself, so it brings its own document. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be shown</title>
      </head>
      <body>
        <FailurePage error={error} retry={retry} />
      </body>
    </html>
  );
}
