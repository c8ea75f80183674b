import { monthIn } from '@/lib/calendar';
import { formats, timeZone } from '@/lib/reader';

type Shown = { date: Date; as?: 'day' | 'date' | 'month' | 'moment' };

/**
 * A date in the reader's language and time zone, with the machine-readable value in its `dateTime`.
 *
 * @param as how much to show: the day, the same in short, only the month, or the day with its time
 */
export async function FormattedDate({ date, as = 'day' }: Shown) {
  const format = (await formats())[as];
  const machine = as === 'month' ? monthIn(date, await timeZone()) : date.toISOString();
  return (
    <time dateTime={machine} className="figures">
      {format(date)}
    </time>
  );
}
