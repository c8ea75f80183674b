import { PlanPrice } from '@/components/price';
import { ActionButton } from '@/components/ui/action-button';
import type { BillingOverview } from '@/lib/billing/overview';
import { againOf } from '@/lib/billing/subscribe-again';
import { words } from '@/lib/reader';
import { subscribeAgain } from './actions';

/** For somebody whose plan has ended and whose card is on file: the same again, with one click. */
export async function SubscribeAgain({
  subscription,
  card,
  members,
}: Pick<BillingOverview, 'subscription' | 'card'> & { members: number | null }) {
  const ended = subscription && { ...subscription, plan: subscription.plan?.name ?? null };
  const again = ended && againOf(ended, members);
  if (!again || !card) return null;
  const t = (await words()).billing;
  return (
    <div className="stack">
      <p>{t.again(again.plan.title, <PlanPrice {...again} />, card.last4)}</p>
      <ActionButton action={subscribeAgain} pendingText={t.subscribing}>
        {t.subscribeAgain}
      </ActionButton>
    </div>
  );
}
