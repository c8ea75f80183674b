import { buttonClass } from '@/components/ui/button-class';
import { type Currency, currencies, type Interval } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import { chooseCurrency } from './actions';

/** Names the currency of the prices, with a button for each other one that can be paid in. */
export async function CurrencySwitch({
  current,
  interval,
  code,
  locked,
}: {
  current: Currency;
  interval: Interval;
  code?: string;
  /** Whether a running subscription holds somebody to it. */
  locked: boolean;
}) {
  const t = (await words()).pricing;
  const others = locked ? [] : currencies.filter((currency) => currency !== current);
  return (
    <div className="row">
      <p>{t.pricesIn(current.toUpperCase())}</p>
      {others.map((currency) => (
        <form key={currency} action={chooseCurrency}>
          <input type="hidden" name="currency" value={currency} />
          <input type="hidden" name="interval" value={interval} />
          {code ? <input type="hidden" name="code" value={code} /> : null}
          <button type="submit" className={buttonClass('secondary')}>
            {t.showIn(currency.toUpperCase())}
          </button>
        </form>
      ))}
    </div>
  );
}
