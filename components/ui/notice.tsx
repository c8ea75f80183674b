import type { ReactNode } from 'react';
import styles from './notice.module.css';

/**
 * A message about what just happened. Screen readers announce a `problem` at once and `info` when
 * they are idle.
 *
 * @param children what the reader can do about it
 */
export function Notice({
  kind,
  title,
  detail,
  children,
}: {
  kind: 'problem' | 'info';
  title: string;
  detail: ReactNode;
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
