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
          <path key={`bow ${station}`} d={curve(towardsBow(station))} />
        ))}
        {stations.map((station) => (
          <path key={`stern ${station}`} d={curve(towardsStern(station))} />
        ))}
        <path d={line(stations.map((station) => towardsBow(station)[0]))} />
        <path d={line(stations.map((station) => towardsStern(station)[0]))} />
      </g>
      <path className={styles.keel} d="M0 -34V162" />
    </svg>
  );
}

/** How far a section lies from the middle of the ship (0) towards its end (1). */
const stations = [0, 0.2, 0.4, 0.58, 0.74, 0.88] as const;
const waterlines = [24, 48, 72, 96] as const;
const depth = 128;

/** From the deck's edge down to the keel, with the two points that bend the way between. */
type HullSection = [deck: Point, bilge: Point, floor: Point, keel: Point];
type Point = [x: number, y: number];

function towardsBow(station: number): HullSection {
  const half = 104 * (1 - 0.82 * station ** 1.5);
  return [
    [half, -24 * station ** 1.6],
    [half * (1.02 - 0.62 * station), depth * (0.86 - 0.4 * station)],
    [half * (0.78 - 0.74 * station), depth * (1 - 0.06 * station)],
    [0, depth],
  ];
}

function towardsStern(station: number): HullSection {
  const half = 104 * (1 - 0.42 * station ** 2);
  return [
    [-half, -13 * station ** 1.8],
    [-half * (1.02 - 0.1 * station), depth * (0.86 - 0.34 * station)],
    [-half * (0.78 - 0.76 * station), depth * (1 - 0.42 * station)],
    [0, depth],
  ];
}

function curve([deck, ...bend]: HullSection): string {
  return `M${at(deck)}C${bend.map(at).join(' ')}`;
}

function line(points: Point[]): string {
  return `M${points.map(at).join('L')}`;
}

function at([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
