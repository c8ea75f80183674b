import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { Money } from '@/components/ui/money';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireBillingAccount } from '@/lib/billing/account';
import { currency } from '@/lib/billing/plans';
import { previewSwitch, type SwitchPreview, switchPurpose } from '@/lib/billing/switch-plan';
import { switchPlan } from '../actions';

export const metadata: Metadata = { title: 'Switch plan' };

/** What a switch would cost, before it is confirmed at Stripe. */
export default async function SwitchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/billing');
  const query = await searchParams;
  const purpose = switchPurpose(query.plan, query.interval);
  if (!purpose || !account.subscription) redirect('/pricing');
  const { plan, interval } = purpose;
  const preview = await previewSwitch(account, plan, interval);
  return (
    <>
      <PageTitle title={`Switch to ${plan.title}`} />
      <Section id="difference" title="What changes">
        <DescriptionList
          lines={[
            {
              name: 'From now on',
              value: (
                <>
                  <Money amount={plan.prices[interval]} currency={currency} /> per {interval}
                </>
              ),
            },
            {
              name: 'Due today',
              value: preview ? <Due {...preview} /> : 'Stripe shows it on the next page',
            },
          ]}
        />
        <p className="soft small">
          What is left of your present plan is taken off. You confirm on the next page, and nothing
          is charged before.
        </p>
        <div className="row">
          <form action={switchPlan}>
            <input type="hidden" name="plan" value={plan.name} />
            <input type="hidden" name="interval" value={interval} />
            <SubmitButton busy="Opening billing">Continue to confirm</SubmitButton>
          </form>
          <ButtonLink href="/billing" weight="quiet">
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
      Nothing: <Money amount={-total} currency={currency} exact /> are credited to your next
      invoices
    </>
  );
}

type Query = Partial<Record<'plan' | 'interval', string | string[]>>;
