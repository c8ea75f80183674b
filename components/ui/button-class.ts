import styles from './button.module.css';

/** How much weight a button has: one `primary` in a view at most, the rest `quiet`. */
export type Weight = 'primary' | 'quiet';

/** The classes of a button, for the elements that are one. */
export function buttonClass(weight: Weight): string {
  return `${styles.button} ${styles[weight]}`;
}
