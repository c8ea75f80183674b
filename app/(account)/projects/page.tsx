import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { type ProjectView, projectsOf } from '@/lib/projects/projects';
import { usageOf } from '@/lib/usage/usage';
import { removeProject } from './actions';
import { LimitNotice } from './limit-notice';
import { findProjectsProblem } from './problems';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/projects');
  const [{ plan }, projects, usage, query] = await Promise.all([
    accessOf(user),
    projectsOf(user.id),
    usageOf(user),
    searchParams,
  ]);
  const problem = findProjectsProblem(query.problem);
  const full = usage.filter(({ used, allowed }) => used >= allowed);
  return (
    <>
      <PageTitle title="Projects">
        <form action="/projects/new">
          <SubmitButton pendingText="Opening the form">New project</SubmitButton>
        </form>
      </PageTitle>
      <Section id="projects" title="Your projects">
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        {full.map((each) => (
          <LimitNotice
            key={each.limit}
            plan={plan}
            usage={each}
            isProblem={each.limit === query.problem}
          />
        ))}
        {projects.length > 0 ? (
          <ul className="stack">
            {projects.map((project) => (
              <Project key={project.id} project={project} />
            ))}
          </ul>
        ) : (
          <p className="soft">No projects yet.</p>
        )}
      </Section>
      <Section id="export" title="Export">
        <p>All your projects, as a CSV file for a spreadsheet.</p>
        <form action="/projects/export" method="post">
          <button type="submit" className={buttonClass('secondary')}>
            Export
          </button>
        </form>
      </Section>
    </>
  );
}

type Query = { problem?: string | string[] };

function Project({ project: { id, name, createdAt } }: { project: ProjectView }) {
  return (
    <li>
      <p id={`project-${id}`}>
        {name}{' '}
        <span className="soft small">
          Created on <FormattedDate date={createdAt} />
        </span>
      </p>
      <div className="row">
        <Link href={`/projects/${id}`} className={buttonClass('secondary')}>
          Rename
        </Link>
        <form action={removeProject}>
          <input type="hidden" name="project" value={id} />
          <SubmitButton
            pendingText="Deleting the project"
            variant="secondary"
            describedBy={`project-${id}`}
          >
            Delete
          </SubmitButton>
        </form>
      </div>
    </li>
  );
}
