import type { CodeMismatch, CodeRefusal, PromotionCode } from '@/lib/billing/promotion-code';
import { words } from '@/lib/reader';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';
import { Notice } from './ui/notice';

/** Says what a promotion code takes off and on which conditions, or why it cannot be used. */
export async function CodeNotice({
  found,
  currency,
}: {
  found: PromotionCode | CodeRefusal | CodeMismatch;
  currency: string;
}) {
  const t = (await words()).pricing;
  if (typeof found === 'string') return <Notice kind="problem" {...t.refusals[found]} />;
  const { code, minimum, isForFirstPurchase, expiresAt } = found;
  const least = minimum[currency];
  return (
    <Notice kind="info" title={t.yourCode(code)} detail={t.belowIs}>
      {isForFirstPurchase ? <p>{t.firstPurchase}</p> : null}
      {least === undefined ? null : (
        <p>{t.atLeast(<Money amount={least} currency={currency} />)}</p>
      )}
      {expiresAt ? <p>{t.redeemBefore(<FormattedDate date={expiresAt} />)}</p> : null}
    </Notice>
  );
}
