import { buttonClass } from '@/components/ui/button-class';
import { type Currency, currencies, type Interval } from '@/lib/billing/plans';
import { chooseCurrency } from './actions';

/** Names the currency of the prices, with a button for each other one that can be paid in. */
export function CurrencySwitch({
  current,
  interval,
  locked,
}: {
  current: Currency;
  interval: Interval;
  /** Whether a running subscription holds somebody to it. */
  locked: boolean;
}) {
  const others = locked ? [] : currencies.filter((currency) => currency !== current);
  return (
    <div className="row">
      <p>Prices in {current.toUpperCase()}.</p>
      {others.map((currency) => (
        <form key={currency} action={chooseCurrency}>
          <input type="hidden" name="currency" value={currency} />
          <input type="hidden" name="interval" value={interval} />
          <button type="submit" className={buttonClass('secondary')}>
            {`Show prices in ${currency.toUpperCase()}`}
          </button>
        </form>
      ))}
    </div>
  );
}
