import { soldPlans } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import styles from './questions.module.css';

/** What people ask before they pay. Answers about trials follow from the catalogue. */
export async function Questions() {
  const t = (await words()).pricing;
  const trials = soldPlans.flatMap(({ title, trial }) => (trial ? t.aboutTrial(title, trial) : []));
  return (
    <dl className={styles.questions}>
      {[...t.questions, ...trials].map(({ title, detail }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className="soft">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
