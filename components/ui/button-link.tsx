import type { Route } from 'next';
import Link from 'next/link';
import { type ButtonVariant, buttonClass } from './button-class';

/** A link that looks like a button. */
export function ButtonLink({
  href,
  variant = 'primary',
  children,
}: {
  href: Route;
  variant?: ButtonVariant;
  children: string;
}) {
  return (
    <Link href={href} className={buttonClass(variant)}>
      {children}
    </Link>
  );
}
