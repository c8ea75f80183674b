import Link from 'next/link';
import styles from './button.module.css';

/** How much weight a button has: one `primary` in a view at most, the rest `quiet`. */
export type Weight = 'primary' | 'quiet';

/** The classes of a button, for the elements that are one. */
export function buttonClass(weight: Weight): string {
  return `${styles.button} ${styles[weight]}`;
}

/** A link that looks like a button: for the step that a page wants taken next. */
export function ButtonLink({
  href,
  weight = 'primary',
  children,
}: {
  href: `/${string}`;
  weight?: Weight;
  children: string;
}) {
  return (
    <Link href={href} className={buttonClass(weight)}>
      {children}
    </Link>
  );
}
