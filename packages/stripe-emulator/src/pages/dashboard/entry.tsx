import type { Child, FC, PropsWithChildren } from 'hono/jsx';

/** One line of a list that opens to all there is behind it. */
export const Entry: FC<PropsWithChildren<{ head: Child; open?: boolean }>> = ({
  head,
  open,
  children,
}) => (
  <details class="entry" open={open}>
    <summary>{head}</summary>
    <div class="entry-body">{children}</div>
  </details>
);

/** A list in a frame, or a word on why it is empty. */
export const Panel: FC<PropsWithChildren<{ count: number; empty: string }>> = ({
  count,
  empty,
  children,
}) => <div class="panel">{count > 0 ? children : <p class="empty">{empty}</p>}</div>;

const TONES: Record<string, string> = {
  active: 'good',
  canceled: '',
  complete: 'good',
  failed: 'bad',
  dropped: 'bad',
  incomplete: 'warn',
  incomplete_expired: 'bad',
  open: 'warn',
  paid: 'good',
  past_due: 'bad',
  pending: 'warn',
  succeeded: 'good',
  trialing: 'good',
  uncollectible: 'bad',
  unpaid: 'bad',
};

/** A state or HTTP status as a coloured word. */
export const State: FC<{ value: string | number | null | undefined }> = ({ value }) => {
  const tone = typeof value === 'number' ? httpTone(value) : (TONES[value ?? ''] ?? '');
  return <span class={`pill ${tone}`}>{value ?? 'no reply'}</span>;
};

function httpTone(status: number): string {
  if (status < 300) return 'good';
  return status < 400 ? 'warn' : 'bad';
}
