import Link from 'next/link';
import { ButtonLink } from '@/components/ui/button-link';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Section } from '@/components/ui/section';
import { projectsOf } from '@/lib/projects/projects';
import { words } from '@/lib/reader';

/** How many are shown here; the others are on their own page. */
const SHOWN = 5;

/** The dashboard's part of the example product: the projects, or how to begin. */
export async function ProjectsHome({ user }: { user: { id: string } }) {
  const projects = await projectsOf(user.id);
  const t = (await words()).projects;
  if (projects.length === 0) return <FirstStep />;
  return (
    <Section id="projects" title={t.title}>
      <ul className="lines">
        {projects.slice(0, SHOWN).map(({ id, name, createdAt }) => (
          <li key={id}>
            <Link href={`/projects/${id}`}>{name}</Link>
            <FormattedDate date={createdAt} />
          </li>
        ))}
      </ul>
      <div className="row">
        <ButtonLink href="/projects/new">{t.new}</ButtonLink>
        <ButtonLink href="/projects" variant="secondary">
          {t.all}
        </ButtonLink>
      </div>
    </Section>
  );
}

async function FirstStep() {
  const t = (await words()).projects;
  return (
    <Section id="projects" title={t.start}>
      <p>{t.first}</p>
      <div className="row">
        <ButtonLink href="/projects/new">{t.createFirst}</ButtonLink>
      </div>
    </Section>
  );
}
