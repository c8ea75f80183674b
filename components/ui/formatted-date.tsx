import { formats } from '@/lib/auth/session';

/**
 * A date in the reader's language, with the machine-readable value in its `dateTime`.
 *
 * @param as how much to show: the day, only the month, or the day with its time
 */
export async function FormattedDate({
  date,
  as = 'day',
}: {
  date: Date;
  as?: 'day' | 'month' | 'moment';
}) {
  const format = (await formats())[as];
  const iso = date.toISOString();
  return (
    <time dateTime={as === 'month' ? iso.slice(0, 7) : iso} className="figures">
      {format(date)}
    </time>
  );
}
