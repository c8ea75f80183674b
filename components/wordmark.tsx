import Link from 'next/link';
import { product } from '@/lib/product';
import { Logo } from './logo';
import styles from './wordmark.module.css';

/** The product's sign and name, leading home. */
export function Wordmark({ href }: { href: '/' | '/dashboard' }) {
  return (
    <Link href={href} className={styles.wordmark}>
      <Logo />
      {product.name}
    </Link>
  );
}
