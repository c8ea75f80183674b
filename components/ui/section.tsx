import type { ReactNode } from 'react';
import styles from './section.module.css';

type Titled = { id: string; title: string; children: ReactNode };

/** A section of a page: on wide screens its title stands left of the vertical line, its content right. */
export function Section({ id, title, children }: Titled) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}

/** The top of a page, without a title on the left. */
export function PageTop({ children }: { children: ReactNode }) {
  return (
    <div className={styles.section}>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** The page's title, with its main action beside it. */
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
