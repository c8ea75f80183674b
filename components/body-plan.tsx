import styles from './body-plan.module.css';
import { hull } from './hull';

/** The emblem, drawn in the colours of the page: see {@link hull}. */
export function BodyPlan({ className = '' }: { className?: string }) {
  return (
    <svg
      className={`${styles.plan} ${className}`}
      viewBox={hull.viewBox}
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.waterlines} d={hull.waterlines} />
      <path className={styles.sections} d={hull.sections} />
      <path className={styles.keel} d={hull.keel} />
    </svg>
  );
}
