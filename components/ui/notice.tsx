import type { ReactNode } from 'react';
import styles from './notice.module.css';

/**
 * Words about what just happened. A `problem` interrupts those who hear the page, `news` waits.
 *
 * @param children what can be done about it
 */
export function Notice({
  kind,
  title,
  detail,
  children,
}: {
  kind: 'problem' | 'news';
  title: string;
  detail: string;
  children?: ReactNode;
}) {
  return (
    <div
      role={kind === 'problem' ? 'alert' : 'status'}
      className={`${styles.notice} ${styles[kind]}`}
    >
      <p className={styles.title}>{title}</p>
      <p>{detail}</p>
      {children}
    </div>
  );
}
