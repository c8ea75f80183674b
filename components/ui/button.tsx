import type { Route } from 'next';
import Link from 'next/link';
import { buttonClass, type Weight } from './button-class';

/** A link that looks like a button: for the step that a page wants taken next. */
export function ButtonLink({
  href,
  weight = 'primary',
  children,
}: {
  href: Route;
  weight?: Weight;
  children: string;
}) {
  return (
    <Link href={href} className={buttonClass(weight)}>
      {children}
    </Link>
  );
}
