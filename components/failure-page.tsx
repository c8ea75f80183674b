import { product } from '@/lib/product';
import { Failure } from './failure';
import styles from './frame.module.css';
import { Logo } from './logo';
import wordmark from './wordmark.module.css';

/**
 * {@link Failure} as a whole page. Every page brings this along, so it is small; and its link is a
 * plain one, so that a click on it loads everything anew.
 */
export function FailurePage(failure: { error: unknown; retry: () => void }) {
  return (
    <>
      <header className={styles.header}>
        <div className={styles.bar}>
          <a href="/" className={wordmark.wordmark}>
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
