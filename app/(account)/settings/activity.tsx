import { FormattedDate } from '@/components/ui/formatted-date';
import type { AuditEntryView } from '@/lib/audit';
import { auditWords } from '@/lib/audit-words';
import { words } from '@/lib/reader';

/** What was done to this account's money and access, newest first. */
export async function Activity({ entries }: { entries: AuditEntryView[] }) {
  const t = (await words()).audit;
  if (entries.length === 0) return <p className="soft">{t.none}</p>;
  return (
    <ul className="lines">
      {entries.map(({ id, createdAt, actor, ...entry }) => (
        <li key={id}>
          <span>
            {auditWords(entry, t)}
            {actor === 'operator' ? t.bySupport : ''}
          </span>
          <FormattedDate date={createdAt} as="moment" />
        </li>
      ))}
    </ul>
  );
}
