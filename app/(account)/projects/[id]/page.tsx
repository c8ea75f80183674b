import { notFound } from 'next/navigation';
import { Field } from '@/components/ui/field';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { findProject } from '@/lib/projects/projects';
import { metadata, words } from '@/lib/reader';
import { changeName } from '../actions';

export const generateMetadata = metadata((t) => ({ title: t.projects.renameProject }));

export default async function ProjectPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser('/projects');
  const project = await findProject(user.id, (await params).id);
  if (!project) notFound();
  const t = (await words()).projects;
  return (
    <>
      <PageTitle title={t.renameProject} />
      <Section id="rename" title={t.details}>
        <form action={changeName} className="form">
          <input type="hidden" name="project" value={project.id} />
          <Field
            label={t.name}
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={project.name}
          />
          <SubmitButton pendingText={t.renaming}>{t.rename}</SubmitButton>
        </form>
      </Section>
    </>
  );
}
