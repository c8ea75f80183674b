'use client';

import { Failure } from '@/components/failure';

/** As the app's own error page, but within the account's frame, so that its navigation stays. */
export default function AccountErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} />;
}
