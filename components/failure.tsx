import { findLocale } from '@/lib/locale';
import { product } from '@/lib/product';
import { failure } from '@/lib/words/failure';
import { buttonClass } from './ui/button-class';
import { PageTitle, Section } from './ui/section';

/**
 * Shown when a page failed to render: what happened, and what to do.
 *
 * @param error only its digest is shown, with which Next's server log identifies it
 */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  const t = failure[pageLanguage()];
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="failure" title={t.whatToDo}>
        <div className="stack" role="alert">
          <p>{t.detail}</p>
          <button type="button" className={buttonClass('primary')} onClick={retry}>
            {t.retry}
          </button>
          <p className="soft small">
            {t.writeTo} <a href={`mailto:${product.supportEmail}`}>{product.supportEmail}</a>
            {reference ? ` ${t.mention} ${reference}` : ''}.
          </p>
        </div>
      </Section>
    </>
  );
}

/** The language of the page that failed. A page that replaces it has no request to ask. */
export function pageLanguage() {
  const shown = typeof document === 'undefined' ? null : document.documentElement.lang;
  return findLocale(shown) ?? 'en';
}
