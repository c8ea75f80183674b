import { FormattedDate } from '@/components/ui/formatted-date';
import { Section } from '@/components/ui/section';
import { recentActivity } from '@/lib/projects/recent-activity';
import { words } from '@/lib/reader';

/** What somebody, or a program with their key, did last in the example product. */
export async function RecentActivity({ user }: { user: { id: string } }) {
  const activity = await recentActivity(user.id);
  if (activity.length === 0) return null;
  const t = (await words()).projects;
  return (
    <Section id="activity" title={t.activity}>
      <ul className="lines">
        {activity.map(({ kind, name, at }) => (
          <li key={`${kind} ${at.getTime()} ${name}`}>
            <span>{t.happened[kind](name)}</span>
            <FormattedDate date={at} as="moment" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
