import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { DescriptionList } from '@/components/ui/description-list';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/overview';
import { isLive, isOngoing } from '@/lib/billing/subscription-status';
import { words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import {
  cancelPlan,
  changeBillingDetails,
  changePlan,
  keepPlan,
  pausePlan,
  updateCard,
} from './actions';

/**
 * What can be done about the plan, and about paying for it: "Keep plan", and a button for each flow of
 * the portal. "Cancel plan" comes last and is quiet.
 *
 * @param withCard false when the page has an "Update card" button elsewhere
 * @param withSeats false where the number of seats is not theirs to choose
 */
export async function BillingActions({
  subscription,
  withCard,
  withSeats,
}: Pick<BillingOverview, 'subscription'> & { withCard: boolean; withSeats: boolean }) {
  const all = await words();
  const t = all.billing;
  const ongoing = subscription && isOngoing(subscription.status) ? subscription : null;
  const seats = withSeats && ongoing && isLive(ongoing.status) ? seatsOf(ongoing) : null;
  const payment = [
    ...(withCard ? [{ action: updateCard, label: all.actions.update_card }] : []),
    { action: changeBillingDetails, label: t.details },
  ];
  return (
    <>
      <DescriptionList
        items={[
          ...(ongoing
            ? [
                {
                  name: t.plan,
                  value: (
                    <div className="row">
                      <Buttons actions={planActions(ongoing, all)} />
                      {seats ? (
                        <ButtonLink
                          href={`/billing/switch?${new URLSearchParams(seats)}`}
                          variant="secondary"
                        >
                          {t.changeSeats}
                        </ButtonLink>
                      ) : null}
                      <Buttons actions={pauseAction(ongoing, all)} />
                    </div>
                  ),
                },
              ]
            : []),
          {
            name: t.payment,
            value: (
              <div className="row">
                <Buttons actions={payment} />
              </div>
            ),
          },
        ]}
      />
      {ongoing && !ongoing.endsAt ? (
        <ActionButton action={cancelPlan} pendingText={t.opening} variant="quiet">
          {t.cancelPlan}
        </ActionButton>
      ) : null}
    </>
  );
}

type Action = { action: () => Promise<never>; label: string; pendingText?: string };

async function Buttons({ actions }: { actions: readonly Action[] }) {
  const t = (await words()).billing;
  return actions.map(({ action, label, pendingText = t.opening }) => (
    <ActionButton key={label} action={action} pendingText={pendingText} variant="secondary">
      {label}
    </ActionButton>
  ));
}

/** Names the plan whose seats can be changed. */
function seatsOf({ plan, interval, endsAt }: SubscriptionView) {
  return plan?.seats && !plan.retired && !endsAt ? { plan: plan.name, interval } : null;
}

function planActions(
  { endsAt, nextChange }: SubscriptionView,
  { billing: t, actions }: Words,
): Action[] {
  const change = { action: changePlan, label: t.changePlan };
  const keep = { action: keepPlan, label: actions.keep, pendingText: t.keeping };
  if (endsAt) return [keep, change];
  return nextChange ? [keep, change] : [change];
}

function pauseAction({ status, endsAt }: SubscriptionView, { billing: t }: Words): Action[] {
  return isLive(status) && !endsAt ? [{ action: pausePlan, label: t.pausePlan }] : [];
}
