import styles from './body-plan.module.css';

/**
 * The emblem: a ship's body plan, as shipwrights draw it. Each curve is a section through the
 * hull, seen along the keel: towards the bow on the right, towards the stern on the left.
 */
export function BodyPlan({ className = '' }: { className?: string }) {
  return (
    <svg
      className={`${styles.plan} ${className}`}
      viewBox="-124 -34 248 196"
      aria-hidden="true"
      focusable="false"
    >
      <g className={styles.waterlines}>
        {waterlines.map((y) => (
          <path key={y} d={`M-118 ${y}H118`} />
        ))}
      </g>
      <g className={styles.sections}>
        {stations.map((station) => (
          <path key={`bow ${station}`} d={towardsBow(station)} />
        ))}
        {stations.map((station) => (
          <path key={`stern ${station}`} d={towardsStern(station)} />
        ))}
      </g>
      <path className={styles.sheer} d={sheer} />
      <path className={styles.keel} d="M0 -34V162" />
    </svg>
  );
}

/** How far a section lies from the middle of the ship (0) towards its end (1). */
const stations = [0, 0.2, 0.4, 0.58, 0.74, 0.88] as const;
const waterlines = [24, 48, 72, 96] as const;
const depth = 128;

function towardsBow(station: number): string {
  const half = 104 * (1 - 0.82 * station ** 1.5);
  const deck = -24 * station ** 1.6;
  const bilge = half * (1.02 - 0.62 * station);
  const floor = half * (0.78 - 0.74 * station);
  const turn = depth * (0.86 - 0.4 * station);
  return path(half, deck, [bilge, turn], [floor, depth * (1 - 0.06 * station)], depth);
}

function towardsStern(station: number): string {
  const half = 104 * (1 - 0.42 * station ** 2);
  const deck = -13 * station ** 1.8;
  const bilge = half * (1.02 - 0.1 * station);
  const floor = half * (0.78 - 0.76 * station);
  const turn = depth * (0.86 - 0.34 * station);
  const floorDepth = depth * (1 - 0.42 * station);
  return path(-half, deck, [-bilge, turn], [-floor, floorDepth], depth);
}

function path(half: number, deck: number, first: Point, second: Point, keel: number): string {
  const points = [[half, deck], first, second, [0, keel]].map(([x = 0, y = 0]) =>
    [x.toFixed(1), y.toFixed(1)].join(' '),
  );
  return `M${points[0]}C${points.slice(1).join(' ')}`;
}

/** The line of the deck, from stern to bow, through the tops of all sections. */
const sheer = `M${[...stations].reverse().map((station) => towardsStern(station).slice(1).split('C')[0])}`;

type Point = [x: number, y: number];
