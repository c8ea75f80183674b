import { product } from '@/lib/product';
import { Failure } from './failure';
import homeLink from './home-link.module.css';
import { Logo } from './logo';
import styles from './page-shell.module.css';

/**
 * {@link Failure} as a whole page. Every page ships this code, so it is kept small; its link is a
 * plain one, so that following it reloads everything.
 */
export function FailurePage(failure: { error: unknown; retry: () => void }) {
  return (
    <>
      <header className={styles.header}>
        <div className={styles.bar}>
          <a href="/" className={homeLink.link}>
            <Logo />
            {product.name}
          </a>
        </div>
      </header>
      <main className={styles.main}>
        <Failure {...failure} />
      </main>
    </>
  );
}
