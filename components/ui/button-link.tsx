import type { Route } from 'next';
import Link from 'next/link';
import { type ButtonVariant, buttonClass } from './button-class';

type Target = { href: Route; variant?: ButtonVariant; prefetch?: false; children: string };

/**
 * A link that looks like a button.
 *
 * @param prefetch false, so that the scripts of the page behind it are not loaded ahead
 */
export function ButtonLink({ href, variant = 'primary', prefetch, children }: Target) {
  return (
    <Link href={href} prefetch={prefetch} className={buttonClass(variant)}>
      {children}
    </Link>
  );
}
