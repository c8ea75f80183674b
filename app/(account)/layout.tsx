import type { ReactNode } from 'react';
import { PageShell } from '@/components/page-shell';

/** The signed-in pages. Each guards itself, because a layout does not run again between its pages. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return <PageShell signedIn>{children}</PageShell>;
}
