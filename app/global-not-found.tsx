import type { Metadata } from 'next';
import { PageShell } from '@/components/page-shell';
import { product } from '@/lib/product';
import { words } from '@/lib/reader';
import { Missing } from './missing';
import { ReaderDocument, readerMetadata } from './reader-document';

export { readerViewport as generateViewport } from './reader-document';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = (await words()).notFound;
  return { ...(await readerMetadata()), title: `${title} · ${product.name}` };
}

/** For addresses that no page has. */
export default function GlobalNotFound() {
  return (
    <ReaderDocument>
      <PageShell>
        <Missing />
      </PageShell>
    </ReaderDocument>
  );
}
