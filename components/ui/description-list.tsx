import type { ReactNode } from 'react';
import styles from './description-list.module.css';

export type DescriptionItem = { name: string; value: ReactNode };

/** Names and their values, one row each. */
export function DescriptionList({ items }: { items: readonly DescriptionItem[] }) {
  return (
    <dl className={`${styles.list} figures`}>
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
