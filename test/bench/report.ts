import type { Cost } from './count';
import { percentile, type Speed } from './load';
import { isSame, LANES, type Lane, type Measured } from './rounds';

/** The medians over all rounds, and what they mean beside the floor and beside fewer customers. */
export interface Line extends Lane, Omit<Speed, 'count'> {
  /** p50 and requests a second as multiples of the floor's, in the same work; null for the floor. */
  timesFloor: { p50: number; perSecond: number } | null;
  /** p50 and p95 as multiples of those with the fewest customers; null for the fewest. */
  growth: { p50: number; p95: number } | null;
}

/** What each work is compared with: the first of these that was measured. */
const FLOORS = [LANES.combined, LANES.floor, LANES.file];

/** Ratios are taken within each round, and the median of them is told. */
export function toLines(measured: readonly Measured[]): Line[] {
  const all = withCombined(measured);
  const works = [...new Set(all.map(({ work }) => work))];
  const fewest = Math.min(...all.map(({ customers }) => customers));
  const byWork = all.toSorted((a, b) => works.indexOf(a.work) - works.indexOf(b.work));
  return byWork.map(({ speeds, ...lane }) => {
    const find = (other: Partial<Lane>) => all.find((each) => isSame(each, { ...lane, ...other }));
    const floor = FLOORS.map((server) => find({ server })).find(Boolean);
    const small = find({ customers: fewest })?.speeds ?? [];
    const isFloor = floor?.server === lane.server;
    return {
      ...lane,
      perSecond: median(speeds.map(({ perSecond }) => perSecond)),
      p50: median(speeds.map(({ p50 }) => p50)),
      p95: median(speeds.map(({ p95 }) => p95)),
      timesFloor:
        !floor || isFloor
          ? null
          : {
              p50: ratio(speeds, floor.speeds, 'p50'),
              perSecond: ratio(speeds, floor.speeds, 'perSecond'),
            },
      growth:
        lane.customers === fewest
          ? null
          : { p50: ratio(speeds, small, 'p50'), p95: ratio(speeds, small, 'p95') },
    };
  });
}

/** With the floors of a click put together: times add, and so do those of requests in a row. */
function withCombined(measured: readonly Measured[]): Measured[] {
  return measured.flatMap((lane) => {
    if (lane.server !== LANES.emptyNext) return [lane];
    const bare = measured.find((each) => isSame(each, { ...lane, server: LANES.floor }));
    const speeds = lane.speeds.flatMap((next, round) => {
      const node = bare?.speeds[round];
      if (!node) return [];
      return {
        count: next.count,
        perSecond: 1 / (1 / next.perSecond + 1 / node.perSecond),
        p50: next.p50 + node.p50,
        p95: next.p95 + node.p95,
      };
    });
    return [lane, { ...lane, server: LANES.combined, speeds }];
  });
}

export function table(lines: readonly Line[], costs: readonly Cost[]): string {
  const speeds = [
    [
      '',
      '',
      'customers',
      'per second',
      'p50 ms',
      'p95 ms',
      '× floor: p50',
      'per second',
      'growth p50, p95',
    ],
    ...lines.map(({ work, server, customers, perSecond, p50, p95, timesFloor, growth }) => [
      work,
      server,
      customers.toLocaleString('en'),
      perSecond.toFixed(0),
      p50.toFixed(1),
      p95.toFixed(1),
      timesFloor?.p50.toFixed(2) ?? '',
      timesFloor?.perSecond.toFixed(2) ?? '',
      growth ? `× ${growth.p50.toFixed(2)}, × ${growth.p95.toFixed(2)}` : '',
    ]),
  ];
  const counts = [
    ['', 'SQL statements', 'at most', 'Stripe requests', 'at most'],
    ...costs.map(({ work, statements, stripeRequests, budget }) => [
      work,
      String(statements),
      String(budget.statements),
      String(stripeRequests),
      String(budget.stripeRequests),
    ]),
  ];
  return `${aligned(speeds, 2)}\n\n${aligned(counts, 1)}`;
}

/** The first columns are words, the others numbers. */
export function aligned(rows: readonly string[][], words: number): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths?.[column] ?? 0;
          return column < words ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function ratio(
  speeds: readonly Speed[],
  others: readonly Speed[],
  of: 'p50' | 'p95' | 'perSecond',
): number {
  return median(speeds.map((speed, round) => speed[of] / (others[round]?.[of] ?? Number.NaN)));
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
