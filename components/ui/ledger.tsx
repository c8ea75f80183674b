import type { ReactNode } from 'react';
import styles from './ledger.module.css';

/** Facts by their names, a line each, closed by the double rule. */
export function Ledger({ lines }: { lines: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={`${styles.ledger} figures`}>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
