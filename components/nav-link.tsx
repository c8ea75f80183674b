'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { ViewTransition } from 'react';
import styles from './nav-link.module.css';

/**
 * A link in the main navigation, marked on its page and on the pages below it. The mark moves to the
 * next page's link.
 */
export function NavLink({
  href,
  prefetch,
  children,
}: {
  href: Route;
  prefetch: false | undefined;
  children: string;
}) {
  // Not only where it begins: the path of a page that was built ahead has more in front of it.
  const isCurrent = `${usePathname()}/`.includes(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={prefetch}
      className={styles.link}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {children}
      {isCurrent ? (
        <ViewTransition name="current-page">
          <span className={styles.mark} />
        </ViewTransition>
      ) : null}
    </Link>
  );
}
