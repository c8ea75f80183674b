import { Field } from '@/components/ui/field';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { metadata, words } from '@/lib/reader';
import { addProject } from '../actions';

export const generateMetadata = metadata((t) => ({ title: t.projects.new }));

export default async function NewProjectPage() {
  await requireUser('/projects/new');
  const t = (await words()).projects;
  return (
    <>
      <PageTitle title={t.new} />
      <Section id="new" title={t.details}>
        <form action={addProject} className="form">
          <Field label={t.name} name="name" required maxLength={100} autoComplete="off" />
          <SubmitButton pendingText={t.creating}>{t.create}</SubmitButton>
        </form>
      </Section>
    </>
  );
}
