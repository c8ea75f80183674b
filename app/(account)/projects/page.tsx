import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { UsageList } from '@/components/usage-list';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { type ProjectView, projectsOf } from '@/lib/projects/projects';
import { metadata, words } from '@/lib/reader';
import { usageOf } from '@/lib/usage/usage';
import { findMessage } from '@/lib/words';
import { removeProject } from './actions';
import { LimitNotice } from './limit-notice';

export const generateMetadata = metadata((t) => ({ title: t.projects.title }));

export default async function ProjectsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/projects');
  const [{ plan }, projects, usage, query] = await Promise.all([
    accessOf(user),
    projectsOf(user.id),
    usageOf(user),
    searchParams,
  ]);
  const { projects: t, usage: usageWords } = await words();
  const problem = findMessage(t.problems, query.problem);
  const reached = usage.find(({ limit }) => limit === query.problem);
  return (
    <>
      <PageTitle title={t.title}>
        <form action="/projects/new">
          <SubmitButton pendingText={t.opening}>{t.new}</SubmitButton>
        </form>
      </PageTitle>
      <Section id="projects" title={t.yours}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        {reached && reached.used >= reached.allowed ? (
          <LimitNotice plan={plan} usage={reached} />
        ) : null}
        {projects.length > 0 ? (
          <ul className="lines">
            {projects.map((project) => (
              <Project key={project.id} project={project} />
            ))}
          </ul>
        ) : (
          <p className="soft">{t.none}</p>
        )}
      </Section>
      <Section id="usage" title={usageWords.title}>
        <UsageList usage={usage} />
      </Section>
      <Section id="export" title={t.export}>
        <p>{t.exportIs}</p>
        <form action="/projects/export" method="post">
          <button type="submit" className={buttonClass('secondary')}>
            {t.export}
          </button>
        </form>
      </Section>
    </>
  );
}

type Query = { problem?: string | string[] };

async function Project({ project: { id, name, createdAt } }: { project: ProjectView }) {
  const t = (await words()).projects;
  return (
    <li>
      <p id={`project-${id}`}>
        {name} <span className="soft small">{t.createdOn(<FormattedDate date={createdAt} />)}</span>
      </p>
      <div className="row">
        <Link href={`/projects/${id}`} className={buttonClass('secondary')}>
          {t.rename}
        </Link>
        <form action={removeProject}>
          <input type="hidden" name="project" value={id} />
          <SubmitButton pendingText={t.deleting} variant="secondary" describedBy={`project-${id}`}>
            {t.delete}
          </SubmitButton>
        </form>
      </div>
    </li>
  );
}
