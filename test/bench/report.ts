import type { Cost } from './count';
import { percentile, type Speed } from './load';
import { FLOOR, isSame, type Lane, type Measured } from './rounds';

/** The medians over all rounds, and what they mean beside the floor and beside fewer customers. */
export interface Line extends Lane, Omit<Speed, 'count'> {
  /** How many times the floor's p50, of the same work and number of customers; null for the floor. */
  timesFloor: number | null;
  /** p50 and p95 as multiples of those with the fewest customers; null for the fewest. */
  growth: { p50: number; p95: number } | null;
}

/** Ratios are taken within each round, and the median of them is told. */
export function toLines(all: readonly Measured[]): Line[] {
  const works = [...new Set(all.map(({ work }) => work))];
  const fewest = Math.min(...all.map(({ customers }) => customers));
  const byWork = all.toSorted((a, b) => works.indexOf(a.work) - works.indexOf(b.work));
  return byWork.map(({ speeds, ...lane }) => {
    const find = (other: Partial<Lane>) =>
      all.find((each) => isSame(each, { ...lane, ...other }))?.speeds ?? [];
    const floor = find({ server: FLOOR });
    const small = find({ customers: fewest });
    return {
      ...lane,
      perSecond: median(speeds.map(({ perSecond }) => perSecond)),
      p50: median(speeds.map(({ p50 }) => p50)),
      p95: median(speeds.map(({ p95 }) => p95)),
      timesFloor: lane.server === FLOOR ? null : ratio(speeds, floor, 'p50'),
      growth:
        lane.customers === fewest
          ? null
          : { p50: ratio(speeds, small, 'p50'), p95: ratio(speeds, small, 'p95') },
    };
  });
}

export function table(lines: readonly Line[], costs: readonly Cost[]): string {
  const speeds = [
    ['', '', 'customers', 'per second', 'p50 ms', 'p95 ms', '× floor', 'growth p50, p95'],
    ...lines.map(({ work, server, customers, perSecond, p50, p95, timesFloor, growth }) => [
      ...[work, server, customers.toLocaleString('en'), perSecond.toFixed(0)],
      ...[p50.toFixed(1), p95.toFixed(1), timesFloor?.toFixed(1) ?? ''],
      growth ? `× ${growth.p50.toFixed(2)}, × ${growth.p95.toFixed(2)}` : '',
    ]),
  ];
  const counts = [
    ['', 'SQL statements', 'at most', 'Stripe requests', 'at most'],
    ...costs.map(({ work, statements, stripeRequests, budget }) => [
      ...[work, String(statements), String(budget.statements)],
      ...[String(stripeRequests), String(budget.stripeRequests)],
    ]),
  ];
  return `${aligned(speeds, 2)}\n\n${aligned(counts, 1)}`;
}

/** The first columns are words, the others numbers. */
function aligned(rows: readonly string[][], words: number): string {
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

function ratio(speeds: readonly Speed[], others: readonly Speed[], of: 'p50' | 'p95'): number {
  return median(speeds.map((speed, round) => speed[of] / (others[round]?.[of] ?? Number.NaN)));
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
