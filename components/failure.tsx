import { product } from '@/lib/product';
import { buttonClass } from './ui/button-class';
import { PageTitle, Section } from './ui/section';

/**
 * What is shown when a page could not be drawn: what happened, and what to do.
 *
 * @param error what was thrown; only the reference that Next's server log knows it by is shown
 */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <PageTitle title="This page could not be shown" />
      <Section id="failure" title="What now">
        <div className="stack" role="alert">
          <p>
            Something failed on our side. Nothing you have saved is lost, and nothing was charged.
            Trying again in a moment usually helps.
          </p>
          <button type="button" className={buttonClass('primary')} onClick={retry}>
            Try again
          </button>
          <p className="soft small">
            Does it keep happening? Write to{' '}
            <a href={`mailto:${product.supportEmail}`}>{product.supportEmail}</a>
            {reference ? ` and mention ${reference}` : ''}.
          </p>
        </div>
      </Section>
    </>
  );
}
