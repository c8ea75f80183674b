import type { Metadata } from 'next';
import { PageShell } from '@/components/page-shell';
import { ButtonLink } from '@/components/ui/button-link';
import { PageTitle, Section } from '@/components/ui/section';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <PageShell>
      <PageTitle title="Page not found" />
      <Section id="missing" title="What to do">
        <div className="stack">
          <p>The address may be mistyped, or the page may have moved.</p>
          <div className="row">
            <ButtonLink href="/dashboard">Go to your dashboard</ButtonLink>
            <ButtonLink href="/" variant="secondary">
              Home page
            </ButtonLink>
          </div>
        </div>
      </Section>
    </PageShell>
  );
}
