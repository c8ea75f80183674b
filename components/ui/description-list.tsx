import type { ReactNode } from 'react';
import styles from './description-list.module.css';

/** Facts by their names, a line each, closed by the double rule. */
export function DescriptionList({
  lines,
}: {
  lines: readonly { name: string; value: ReactNode }[];
}) {
  return (
    <dl className={`${styles.list} figures`}>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
