'use client';

import { Failure } from '@/components/failure';
import { Frame } from '@/components/frame';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Frame>
      <Failure error={error} retry={retry} />
    </Frame>
  );
}
