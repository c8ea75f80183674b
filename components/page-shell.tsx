import Link from 'next/link';
import type { ReactNode } from 'react';
import { product } from '@/lib/product';
import { HomeLink } from './home-link';
import { NavLink } from './nav-link';
import styles from './page-shell.module.css';

/**
 * What surrounds every page: skip link, header with the navigation, main, footer.
 *
 * @param signedIn which navigation to show; pages that are the same for everybody leave it out
 */
export function PageShell({
  signedIn = false,
  children,
}: {
  signedIn?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <header className={styles.header}>
        <a href="#content" className={`${styles.skip} visually-hidden`}>
          Skip to content
        </a>
        <div className={styles.bar}>
          <HomeLink href={signedIn ? '/dashboard' : '/'} />
          <nav aria-label="Main">
            <ul className={styles.links}>
              {(signedIn ? accountLinks : visitorLinks).map(({ href, text }) => (
                <li key={href}>
                  <NavLink href={href}>{text}</NavLink>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <footer className={styles.footer}>
        <div className={styles.bar}>
          <p>{product.name}</p>
          <ul className={styles.links}>
            <li>
              <Link href="/pricing">Plans and prices</Link>
            </li>
            <li>
              <a href={`mailto:${product.supportEmail}`}>{product.supportEmail}</a>
            </li>
          </ul>
        </div>
      </footer>
    </>
  );
}

const visitorLinks = [
  { href: '/pricing', text: 'Pricing' },
  { href: '/sign-in', text: 'Sign in' },
] as const;

const accountLinks = [
  { href: '/dashboard', text: 'Dashboard' },
  { href: '/projects', text: 'Projects' },
  { href: '/billing', text: 'Billing' },
  { href: '/settings', text: 'Settings' },
] as const;
