import { FormattedDate } from '@/components/ui/formatted-date';
import type { Extra } from '@/lib/grants';
import { words } from '@/lib/reader';

/** What somebody was given beyond their plan, until when and why. */
export async function Extras({ extras }: { extras: readonly Extra[] }) {
  if (extras.length === 0) return null;
  const { billing: t, catalogue } = await words();
  return (
    <ul>
      {extras.map((extra) => (
        <li key={extra.name}>
          {t.extra(
            extra.amount === null
              ? catalogue.feature(extra.name)
              : catalogue.things(extra.name, extra.amount),
            extra.until ? <FormattedDate date={extra.until} /> : null,
            extra.reason,
          )}
        </li>
      ))}
    </ul>
  );
}
