import type { Spend } from '@/lib/billing/spend';
import { formats, words } from '@/lib/reader';
import styles from './spend-chart.module.css';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

/** What was paid in each month: a chart for each currency, and a table with the same numbers. */
export async function SpendChart({ spend: { months, currencies } }: { spend: Spend }) {
  const { billing: t } = await words();
  return (
    <>
      {currencies.map(({ currency, paid }) => (
        <Columns key={currency} months={months} currency={currency} paid={paid} />
      ))}
      <details className={styles.details}>
        <summary>{t.asTable}</summary>
        <table className={`${styles.table} figures`}>
          <thead>
            <tr>
              <th scope="col">{t.month}</th>
              {currencies.map(({ currency }) => (
                <th key={currency} scope="col">
                  {currency.toUpperCase()}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map((month, index) => (
              <tr key={month.toISOString()}>
                <th scope="row">
                  <FormattedDate date={month} as="month" />
                </th>
                {currencies.map(({ currency, paid }) => (
                  <td key={currency}>
                    <Money amount={paid[index] ?? 0} currency={currency} exact />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

type Sums = { months: Date[]; currency: string; paid: number[] };

/** How many columns there is room for at least: a few months do not get bars as wide as the page. */
const ROOM = 6;
/** Of the height, in percent: where the tallest bar begins, and all end. Labels are above and below. */
const [TOP, BOTTOM] = [14, 80];

/** Positions are in percent, and text is not scaled, so that it is legible on each screen. */
async function Columns({ months, currency, paid }: Sums) {
  const { billing: t } = await words();
  const { monthName, year, money } = await formats();
  const [first, last] = [months[0], months.at(-1)];
  const most = Math.max(...paid, 1);
  const width = 100 / Math.max(months.length, ROOM);
  const labelled = labelledOf(paid);
  return (
    <figure>
      <figcaption>
        {t.paidFrom(
          <strong className="figures">
            <Money amount={paid.reduce((sum, each) => sum + each, 0)} currency={currency} exact />
          </strong>,
          first && <FormattedDate date={first} as="month" />,
          last && <FormattedDate date={last} as="month" />,
        )}
      </figcaption>
      <svg className={`${styles.chart} figures`} aria-hidden="true" focusable="false">
        {[TOP, (TOP + BOTTOM) / 2, BOTTOM].map((y) => (
          <line key={y} x1="0" x2="100%" y1={`${y}%`} y2={`${y}%`} />
        ))}
        {months.map((month, index) => {
          const amount = paid[index] ?? 0;
          const height = ((BOTTOM - TOP) * amount) / most;
          const middle = `${(index + 0.5) * width}%`;
          const isMinor = months.length > ROOM && (months.length - 1 - index) % 2 === 1;
          const name = year(month);
          const isFirstOfYear = index > 0 && year(months[index - 1] ?? month) !== name;
          const next = months[index + 2];
          return (
            <g key={month.toISOString()} className={isMinor ? styles.minor : undefined}>
              <rect
                x={`${(index + 0.2) * width}%`}
                y={`${BOTTOM - height}%`}
                width={`${0.6 * width}%`}
                height={`${height}%`}
              />
              {labelled.includes(index) ? (
                <text x={middle} y={`${BOTTOM - height}%`} dy="-0.4em" className={styles.amount}>
                  {money(amount, currency)}
                </text>
              ) : null}
              <text x={middle} y={`${BOTTOM}%`} dy="1.4em" className={styles.month}>
                {monthName(month)}
              </text>
              {isFirstOfYear || (index === 0 && next && year(next) === name) ? (
                <text x={middle} y={`${BOTTOM}%`} dy="2.7em">
                  {name}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Which bars say their amount: the newest, and the highest if it is far enough away. */
function labelledOf(paid: number[]): number[] {
  const newest = paid.findLastIndex((amount) => amount > 0);
  const highest = paid.lastIndexOf(Math.max(...paid));
  return newest - highest > 2 ? [highest, newest] : [newest];
}
