'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** What a layout shows on all of its pages but one. */
export function NotOn({ path, children }: { path: string; children: ReactNode }) {
  return usePathname() === path ? null : children;
}
