import type { FC } from 'hono/jsx';
import { Field } from '../shared/field';
import { Notice } from '../shared/notice';
import { type Order, taxedParts } from './order';

/** Quantities and a promotion code, each sent by itself; the answer is the page with new sums. */
export const OrderChanges: FC<{ order: Order; path: string }> = ({ order, path }) => {
  const { problem, quote, session, typedCode } = order;
  const adjustable = quote.lineItems.filter((line) => line.adjustable_quantity?.enabled);
  const takesCode = session.allow_promotion_codes === true;
  if (adjustable.length === 0 && !takesCode) return null;
  return (
    <form class="stack" method="get" action={path}>
      {Object.entries(taxedParts(order.choice)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {adjustable.map((line) => (
        <Field
          key={line.id}
          label={adjustable.length > 1 ? `Quantity of ${line.description}` : 'Quantity'}
          name={`quantity.${line.id}`}
          type="number"
          min={line.adjustable_quantity?.minimum ?? 0}
          max={line.adjustable_quantity?.maximum ?? 99}
          value={String(line.quantity ?? 1)}
        />
      ))}
      {takesCode && (
        <Field
          label="Promotion code"
          name="code"
          value={typedCode}
          autocomplete="off"
          error={problem}
        />
      )}
      {!takesCode && problem && <Notice tone="bad">{problem}</Notice>}
      <div>
        <button class="button" type="submit">
          Apply
        </button>
      </div>
    </form>
  );
};
