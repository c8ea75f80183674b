import type { FC, PropsWithChildren } from 'hono/jsx';

/** Something to be told before everything else; a bad one is announced at once. */
export const Notice: FC<PropsWithChildren<{ tone?: 'bad' | 'warn' }>> = ({ tone, children }) => (
  <div class={`notice ${tone ?? ''}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
);
