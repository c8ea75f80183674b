import { product } from '@/lib/product';
import { buttonClass } from './ui/button-class';
import { PageTitle, Section } from './ui/section';

/**
 * Shown when a page failed to render: what happened, and what to do.
 *
 * @param error only its digest is shown, with which Next's server log identifies it
 */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <PageTitle title="Something went wrong" />
      <Section id="failure" title="What to do">
        <div className="stack" role="alert">
          <p>
            The problem is on our side. Nothing you saved is lost, and nothing was charged. Trying
            again usually helps.
          </p>
          <button type="button" className={buttonClass('primary')} onClick={retry}>
            Try again
          </button>
          <p className="soft small">
            If this keeps happening, write to{' '}
            <a href={`mailto:${product.supportEmail}`}>{product.supportEmail}</a>
            {reference ? ` and mention the code ${reference}` : ''}.
          </p>
        </div>
      </Section>
    </>
  );
}
