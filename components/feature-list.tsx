import Link from 'next/link';
import type { Access } from '@/lib/access';
import { featureNames, planWith } from '@/lib/billing/plan-with';
import { features } from '@/lib/billing/plans';
import styles from './feature-list.module.css';

/** Every feature of the product: whether one may use it, or which plan has it. */
export function FeatureList({ access: { can } }: { access: Pick<Access, 'can'> }) {
  return (
    <ul className={styles.list}>
      {featureNames.map((feature) => (
        <li key={feature}>
          <span>{features[feature]}</span>
          {can(feature) ? (
            <span className={styles.included}>Included</span>
          ) : (
            <Link href={`/pricing?for=${feature}`}>
              {`Available in ${planWith(feature)?.title ?? 'another plan'}`}
              <span className="visually-hidden">, see the plans</span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
