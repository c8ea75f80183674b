import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A part of a page: its title stands in the margin left of the keel line, its content right. */
export function Section({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}

/** The top of a page, which has nothing in its margin. */
export function PageTop({ children }: { children: ReactNode }) {
  return (
    <div className={styles.section}>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** The top of most pages: the title, and beside it what is done there most. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <PageTop>
      <div className={styles.page}>
        <h1>{title}</h1>
        {children}
      </div>
    </PageTop>
  );
}
