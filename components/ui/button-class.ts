import styles from './button.module.css';

/**
 * One `primary` button per view at most; the rest are `secondary`. `quiet`: for what few look for;
 * `danger`: for what cannot be undone.
 */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** The classes of a button, for links and buttons alike. */
export function buttonClass(variant: ButtonVariant): string {
  return `${styles.button} ${styles[variant]}`;
}
