import Link from 'next/link';
import type { ReactNode } from 'react';
import { product } from '@/lib/product';
import { words } from '@/lib/reader';
import { HomeLink } from './home-link';
import { NavLink } from './nav-link';
import styles from './page-shell.module.css';

/**
 * What surrounds every page: skip link, header with the navigation, main, footer.
 *
 * @param isTeam whether they act for a team, which has a page of its own
 * @param account the menu of whoever is signed in, whose navigation is shown; pages that are the same
 *   for everybody leave it out
 */
export async function PageShell({
  account = null,
  isTeam = false,
  children,
}: {
  account?: ReactNode;
  isTeam?: boolean;
  children: ReactNode;
}) {
  const t = (await words()).shell;
  const links = account ? accountLinks : visitorLinks;
  // A visitor's pages are built ahead and come at once. Loading the next ones before that would only add to
  // the first.
  const prefetch = account ? undefined : false;
  return (
    <>
      <header className={styles.header}>
        <a href="#content" className={`${styles.skip} visually-hidden`}>
          {t.skip}
        </a>
        <div className={styles.bar}>
          <HomeLink href={account ? '/dashboard' : '/'} prefetch={prefetch} />
          <nav aria-label={t.navigation}>
            <ul className={styles.links}>
              {[...links, ...(isTeam ? [teamLink] : [])].map(({ href, text }) => (
                <li key={href}>
                  <NavLink href={href} prefetch={prefetch}>
                    {t[text]}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
          {account}
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
              <Link href="/pricing" prefetch={prefetch}>
                {t.plansAndPrices}
              </Link>
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
  { href: '/pricing', text: 'pricing' },
  { href: '/sign-in', text: 'signIn' },
] as const;

const accountLinks = [
  { href: '/dashboard', text: 'dashboard' },
  { href: '/projects', text: 'projects' },
  { href: '/billing', text: 'billing' },
  { href: '/settings', text: 'settings' },
] as const;

const teamLink = { href: '/team', text: 'team' } as const;
