import { formats } from '@/lib/auth/session';

/**
 * A day, readable for people and programs, in the reader's language.
 *
 * @param as how much of it: the day, its month alone, or the moment with its time
 */
export async function Day({ of, as = 'day' }: { of: Date; as?: 'day' | 'month' | 'moment' }) {
  const written = await formats();
  const iso = of.toISOString();
  return (
    <time dateTime={as === 'month' ? iso.slice(0, 7) : iso} className="figures">
      {written[as](of)}
    </time>
  );
}
