import Link from 'next/link';
import { product } from '@/lib/product';
import styles from './home-link.module.css';
import { Logo } from './logo';

/** The product's logo and name, linking home. */
export function HomeLink({
  href,
  prefetch,
}: {
  href: '/' | '/dashboard';
  prefetch: false | undefined;
}) {
  return (
    <Link href={href} prefetch={prefetch} className={styles.link}>
      <Logo />
      {product.name}
    </Link>
  );
}
