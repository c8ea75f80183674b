import type { ReactNode } from 'react';
import { Frame } from '@/components/frame';

/** The pages behind the sign-in. Each guards itself: a layout is not asked again between them. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return <Frame signedIn>{children}</Frame>;
}
