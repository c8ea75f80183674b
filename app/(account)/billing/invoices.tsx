import Link from 'next/link';
import { InvoiceTable } from '@/components/invoice-table';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import type { InvoiceHistory, InvoiceSearch } from '@/lib/billing/invoices';
import { words } from '@/lib/reader';
import styles from './invoices.module.css';

type Asked = { history: InvoiceHistory; search: InvoiceSearch };

/** From so many invoices on, they are looked for by their number. */
const MANY = 4;

/** One page of the invoices, the way to other years and pages, and the search by number. */
export async function Invoices({ history, search: { number, page } }: Asked) {
  const { invoices: t } = await words();
  const { count, years, year, invoices, hasMore } = history;
  const isMany = count >= MANY || years.length > 1;
  return (
    <>
      {isMany ? (
        <div className={styles.ways}>
          <nav aria-label={t.year}>
            <ul className={styles.years}>
              {years.map((each) => (
                <li key={each}>
                  <Link
                    href={`/billing?year=${each}#invoices`}
                    scroll={false}
                    aria-current={each === year ? 'true' : undefined}
                  >
                    {each}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <form action="/billing#invoices" className={styles.search}>
            <Field label={t.find} name="number" type="search" defaultValue={number} />
            <button type="submit" className={buttonClass('secondary')}>
              {t.search}
            </button>
          </form>
        </div>
      ) : null}
      {invoices.length > 0 ? (
        <InvoiceTable invoices={invoices} />
      ) : (
        <p className="soft" role="status">
          {year === null ? t.noneWith(number) : t.noneIn(year)}
        </p>
      )}
      {page > 1 ? <PageLink number={number} year={year} page={page - 1} text={t.newer} /> : null}
      {hasMore ? <PageLink number={number} year={year} page={page + 1} text={t.older} /> : null}
    </>
  );
}

function PageLink({
  number,
  year,
  page,
  text,
}: {
  number: string;
  year: number | null;
  page: number;
  text: string;
}) {
  const [name, value] = year === null ? ['number', number] : ['year', String(year)];
  const query = new URLSearchParams([
    [name, value],
    ['page', String(page)],
  ]);
  return (
    <p>
      <Link href={`/billing?${query}#invoices`} scroll={false}>
        {text}
      </Link>
    </p>
  );
}
