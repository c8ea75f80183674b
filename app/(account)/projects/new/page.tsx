import type { Metadata } from 'next';
import { Field } from '@/components/ui/field';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { addProject } from '../actions';

export const metadata: Metadata = { title: 'New project' };

export default async function NewProjectPage() {
  await requireUser('/projects/new');
  return (
    <>
      <PageTitle title="New project" />
      <Section id="new" title="Details">
        <form action={addProject} className="form">
          <Field label="Name" name="name" required maxLength={100} autoComplete="off" />
          <SubmitButton pendingText="Creating the project">Create</SubmitButton>
        </form>
      </Section>
    </>
  );
}
