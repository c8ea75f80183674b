'use client';

import { Failure } from '@/components/failure';

/** Like app/error.tsx, but inside the account layout, so that the navigation stays. */
export default function AccountErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} />;
}
