import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Field } from '@/components/ui/field';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { findProject } from '@/lib/projects/projects';
import { changeName } from '../actions';

export const metadata: Metadata = { title: 'Rename project' };

export default async function ProjectPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser('/projects');
  const project = await findProject(user.id, (await params).id);
  if (!project) notFound();
  return (
    <>
      <PageTitle title="Rename project" />
      <Section id="rename" title="Details">
        <form action={changeName} className="form">
          <input type="hidden" name="project" value={project.id} />
          <Field
            label="Name"
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={project.name}
          />
          <SubmitButton pendingText="Renaming the project">Rename</SubmitButton>
        </form>
      </Section>
    </>
  );
}
