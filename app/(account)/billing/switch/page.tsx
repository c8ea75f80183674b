import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button-link';
import { DescriptionList } from '@/components/ui/description-list';
import { Money } from '@/components/ui/money';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireBillingAccount } from '@/lib/billing/account';
import { findPlanChoice } from '@/lib/billing/plans';
import { shownCurrency } from '@/lib/billing/shown-currency';
import { previewSwitch, type SwitchPreview } from '@/lib/billing/switch-plan';
import { switchPlan } from '../actions';

export const metadata: Metadata = { title: 'Switch plan' };

/** Shows what switching plans would cost, before it is confirmed at Stripe. */
export default async function SwitchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/billing');
  const query = await searchParams;
  const choice = findPlanChoice(query.plan, query.interval);
  if (!choice) redirect('/pricing?problem=unknown-plan');
  if (!account.subscription) redirect('/pricing');
  const { plan, interval } = choice;
  const currency = await shownCurrency(account.subscription.currency);
  const preview = await previewSwitch(account, choice);
  return (
    <>
      <PageTitle title={`Switch to ${plan.title}`} />
      <Section id="difference" title="What changes">
        <DescriptionList
          items={[
            {
              name: 'New price',
              value: (
                <>
                  <Money amount={plan.prices[interval][currency]} currency={currency} /> per{' '}
                  {interval}
                </>
              ),
            },
            {
              name: 'Due today',
              value: preview ? <Due {...preview} /> : 'You will see it on the next page',
            },
          ]}
        />
        <p className="soft small">
          The switch takes effect immediately. The unused part of what you have paid is credited.
          Nothing is charged until you confirm on the next page.
        </p>
        <div className="row">
          <form action={switchPlan}>
            <input type="hidden" name="plan" value={plan.name} />
            <input type="hidden" name="interval" value={interval} />
            <SubmitButton pendingText="Opening billing">Continue to confirm</SubmitButton>
          </form>
          <ButtonLink href="/billing" variant="secondary">
            Keep my plan
          </ButtonLink>
        </div>
      </Section>
    </>
  );
}

function Due({ dueNow, total, currency }: SwitchPreview) {
  if (total >= 0) return <Money amount={dueNow} currency={currency} exact />;
  return (
    <>
      Nothing. <Money amount={-total} currency={currency} exact /> will be credited to your next
      invoices.
    </>
  );
}

type Query = Partial<Record<'plan' | 'interval', string | string[]>>;
