type Point = readonly [x: number, y: number];
/** From the deck's edge down to the keel, with the two points that bend the way between. */
type HullSection = readonly [deck: Point, bilge: Point, floor: Point, keel: Point];

/** How far a section lies from the middle of the ship (0) towards its end (1). */
const stations = [0, 0.2, 0.4, 0.58, 0.74, 0.88];
const depth = 128;

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

const halves = [stations.map(towardsBow), stations.map(towardsStern)];

/**
 * A ship's body plan, as shipwrights draw it, in SVG path data: each curve is a section through the
 * hull, seen along the keel, towards the bow on the right, towards the stern on the left, and the
 * deck's edge joins them.
 */
export const hull = {
  viewBox: '-124 -34 248 196',
  waterlines: [24, 48, 72, 96].map((y) => `M-118 ${y}H118`).join(''),
  sections: halves.map((half) => `${half.map(curve).join('')}${deckLine(half)}`).join(''),
  keel: 'M0 -34V162',
};

function curve([deck, ...bend]: HullSection): string {
  return `M${at(deck)}C${bend.map(at).join(' ')}`;
}

function deckLine(half: HullSection[]): string {
  return `M${half.map(([deck]) => at(deck)).join('L')}`;
}

function at([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
