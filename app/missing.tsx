import { ButtonLink } from '@/components/ui/button-link';
import { PageTitle, Section } from '@/components/ui/section';
import { words } from '@/lib/reader';

/** What a page says that does not exist. */
export async function Missing() {
  const t = (await words()).notFound;
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="missing" title={t.whatToDo}>
        <div className="stack">
          <p>{t.why}</p>
          <div className="row">
            <ButtonLink href="/dashboard" prefetch={false}>
              {t.dashboard}
            </ButtonLink>
            <ButtonLink href="/" variant="secondary" prefetch={false}>
              {t.home}
            </ButtonLink>
          </div>
        </div>
      </Section>
    </>
  );
}
