import { formatDate } from '@/lib/format';

/** A day, readable for people and programs. */
export function Day({ of }: { of: Date }) {
  return (
    <time dateTime={of.toISOString()} className="figures">
      {formatDate(of)}
    </time>
  );
}
