import styles from './hull-drawing.module.css';
import { hullPaths } from './hull-paths';

/** The landing page's drawing of a hull, in the colors of the page. */
export function HullDrawing({ className = '' }: { className?: string }) {
  return (
    <svg
      className={`${styles.plan} ${className}`}
      viewBox={hullPaths.viewBox}
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.waterlines} d={hullPaths.waterlines} />
      <path className={styles.sections} d={hullPaths.sections} />
      <path className={styles.keel} d={hullPaths.keel} />
    </svg>
  );
}
