'use client';

import { FailurePage } from '@/components/failure-page';
import './globals.css';

/** Replaces the root layout when that fails, so it needs its own `<html>`. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Something went wrong</title>
      </head>
      <body>
        <FailurePage error={error} retry={retry} />
      </body>
    </html>
  );
}
