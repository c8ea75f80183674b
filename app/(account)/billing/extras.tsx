import { FormattedDate } from '@/components/ui/formatted-date';
import { features, limits } from '@/lib/billing/plans';
import type { Extra } from '@/lib/grants';

/** What somebody was given beyond their plan, until when and why. */
export function Extras({ extras }: { extras: readonly Extra[] }) {
  if (extras.length === 0) return null;
  return (
    <ul>
      {extras.map((extra) => (
        <li key={extra.name}>
          Extra: {extra.amount === null ? features[extra.name] : amountOf(extra)}
          {extra.until ? (
            <>
              {' '}
              until <FormattedDate date={extra.until} />
            </>
          ) : null}
          {extra.reason ? `, ${extra.reason}` : null}
        </li>
      ))}
    </ul>
  );
}

function amountOf({ name, amount }: Extract<Extra, { amount: number }>): string {
  return `${amount} ${amount === 1 ? limits[name].one : limits[name].many}`;
}
