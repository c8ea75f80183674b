import styles from './logo.module.css';

/** The product's logo: a hull seen along its keel. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" className={styles.logo}>
      <path d="M3 7C3 18 8 24 16 24C24 24 29 18 29 7M10 7C10 15 12 20 16 24C20 20 22 15 22 7" />
      <path d="M16 3V31" className={styles.keel} />
    </svg>
  );
}
