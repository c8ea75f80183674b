type Point = readonly [x: number, y: number];
/** A Bézier curve from the edge of the deck down to the keel. */
type HullSection = readonly [deck: Point, bilge: Point, floor: Point, keel: Point];

/** Where the sections are, from the middle of the ship (0) to its end (1). */
const stations = [0, 0.2, 0.4, 0.58, 0.74, 0.88];
const depth = 128;

function towardBow(station: number): HullSection {
  const half = 104 * (1 - 0.82 * station ** 1.5);
  return [
    [half, -24 * station ** 1.6],
    [half * (1.02 - 0.62 * station), depth * (0.86 - 0.4 * station)],
    [half * (0.78 - 0.74 * station), depth * (1 - 0.06 * station)],
    [0, depth],
  ];
}

function towardStern(station: number): HullSection {
  const half = 104 * (1 - 0.42 * station ** 2);
  return [
    [-half, -13 * station ** 1.8],
    [-half * (1.02 - 0.1 * station), depth * (0.86 - 0.34 * station)],
    [-half * (0.78 - 0.76 * station), depth * (1 - 0.42 * station)],
    [0, depth],
  ];
}

const halves = [stations.map(towardBow), stations.map(towardStern)];

/**
 * The cross-sections of a ship's hull as SVG path data, seen along the keel: those toward the bow on
 * the right, those toward the stern on the left, joined by the edge of the deck.
 */
export const hullPaths = {
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
