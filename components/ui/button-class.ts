import styles from './button.module.css';

/** One `primary` button per view at most; the rest are `secondary`. */
export type ButtonVariant = 'primary' | 'secondary';

/** The classes of a button, for links and buttons alike. */
export function buttonClass(variant: ButtonVariant): string {
  return `${styles.button} ${styles[variant]}`;
}
