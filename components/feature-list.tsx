import Link from 'next/link';
import { hasFeature } from '@/lib/billing/entitlements';
import { type Feature, features, type Plan, paidPlans } from '@/lib/billing/plans';
import styles from './feature-list.module.css';

/** Every feature of the product: included in this plan, or which plan has it. */
export function FeatureList({ plan }: { plan: Plan }) {
  return (
    <ul className={styles.list}>
      {featureNames.map((feature) => (
        <li key={feature}>
          <span>{features[feature]}</span>
          {hasFeature(plan, feature) ? (
            <span className={styles.included}>Included</span>
          ) : (
            <Link href="/pricing">
              {`Available in ${firstPlanWith(feature)?.title ?? 'another plan'}`}
              <span className="visually-hidden">, see the plans</span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

const featureNames = Object.keys(features).filter((name): name is Feature => name in features);

/** The first plan in the catalogue with this feature. */
function firstPlanWith(feature: Feature): Plan | undefined {
  return paidPlans.find((plan) => hasFeature(plan, feature));
}
