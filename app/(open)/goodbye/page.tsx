import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { PageShell } from '@/components/page-shell';
import { ButtonLink } from '@/components/ui/button-link';
import { PageTitle, Section } from '@/components/ui/section';
import { goodbyeCookie } from '@/lib/delete-account';
import { metadata, words } from '@/lib/reader';

export const generateMetadata = metadata((t) => ({
  title: t.goodbye.title,
  robots: { index: false },
}));

/** Where somebody arrives who has just deleted their account. */
export default async function GoodbyePage() {
  if (!(await cookies()).has(goodbyeCookie.name)) redirect('/');
  const t = (await words()).goodbye;
  return (
    <PageShell>
      <PageTitle title={t.title} />
      <Section id="deleted" title={t.deleted}>
        <p>{t.detail}</p>
        <div className="row">
          <ButtonLink href="/" variant="secondary">
            {t.home}
          </ButtonLink>
        </div>
      </Section>
    </PageShell>
  );
}
