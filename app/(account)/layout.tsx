import type { ReactNode } from 'react';
import { AccountShell } from '@/app/account-shell';
import { ReaderDocument } from '@/app/reader-document';

export {
  readerMetadata as generateMetadata,
  readerViewport as generateViewport,
} from '@/app/reader-document';

/** The signed-in pages. Each guards itself, because a layout does not run again between its pages. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ReaderDocument>
      <AccountShell>{children}</AccountShell>
    </ReaderDocument>
  );
}
