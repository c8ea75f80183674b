import type { Metadata } from 'next';
import { Frame } from '@/components/frame';
import { ButtonLink } from '@/components/ui/button';
import { PageTitle, Section } from '@/components/ui/section';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Frame>
      <PageTitle title="There is no page here" />
      <Section id="missing" title="Off the chart">
        <div className="stack">
          <p>The address may have a slip in it, or the page has moved.</p>
          <div className="row">
            <ButtonLink href="/dashboard">Go to your dashboard</ButtonLink>
            <ButtonLink href="/" weight="quiet">
              Start page
            </ButtonLink>
          </div>
        </div>
      </Section>
    </Frame>
  );
}
