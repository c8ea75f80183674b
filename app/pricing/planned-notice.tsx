import { keepPlan } from '@/app/(account)/billing/actions';
import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import type { NextChangeView } from '@/lib/billing/next-change';
import { formats, words } from '@/lib/reader';

/** Says that somebody's plan will change, and takes that back with one click. */
export async function PlannedNotice({ title, quantity, interval, at }: NextChangeView) {
  const [{ pricing: t, billing, actions, summary }, { day }] = await Promise.all([
    words(),
    formats(),
  ]);
  return (
    <Notice
      kind="info"
      title={t.changesOn(day(at))}
      detail={t.fromThenOn(title ?? summary.customPlan, quantity, interval)}
    >
      <ActionButton action={keepPlan} pendingText={billing.keeping} variant="secondary">
        {actions.keep}
      </ActionButton>
    </Notice>
  );
}
