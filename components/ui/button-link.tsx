import type { Route } from 'next';
import Link from 'next/link';
import { type ButtonVariant, buttonClass } from './button-class';

type Target = { href: Route; variant?: ButtonVariant; children: string };

/** A link that looks like a button. */
export function ButtonLink({ href, variant = 'primary', children }: Target) {
  return (
    <Link href={href} className={buttonClass(variant)}>
      {children}
    </Link>
  );
}
