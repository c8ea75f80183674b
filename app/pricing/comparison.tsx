import { featureNames, includes, limitNames } from '@/lib/billing/plan-with';
import { mostMembers, soldPlans, teams } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import styles from './comparison.module.css';

/** What each plan includes, side by side: a column per plan, narrow enough for a phone. */
export async function Comparison() {
  const { pricing: t, catalogue } = await words();
  const rows = [
    ...limitNames.map((limit) => ({
      name: catalogue.limit(limit),
      cells: soldPlans.map(({ limits }) => catalogue.count(limits[limit])),
    })),
    {
      name: teams ? t.members : t.seats,
      cells: soldPlans.map(({ seats, members }) => {
        const most = teams ? mostMembers({ seats, members }) : (seats?.max ?? 1);
        return most > 1 ? `${seats?.min ?? 1}–${most}` : '1';
      }),
    },
    ...featureNames.map((feature) => ({
      name: catalogue.feature(feature),
      cells: soldPlans.map((plan) => includes(plan, feature)),
    })),
    {
      name: t.trial,
      cells: soldPlans.map(({ trial }) => (trial ? t.days(trial.days) : false)),
    },
    // What no plan has is nothing to compare.
  ].filter(({ cells }) => cells.some((cell) => cell !== false));
  const shown = (cell: string | boolean | undefined) =>
    typeof cell === 'string' ? (
      cell
    ) : (
      <>
        <span aria-hidden="true">{cell ? '✓' : '–'}</span>
        <span className="visually-hidden">{cell ? t.yes : t.no}</span>
      </>
    );
  return (
    <table className={`${styles.table} figures`}>
      <thead>
        <tr>
          <td />
          {soldPlans.map(({ name, title }) => (
            <th key={name} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {soldPlans.map((plan, column) => (
              <td key={plan.name}>{shown(cells[column])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
