import { AccountShell } from '@/app/account-shell';
import { FeatureNotice } from '@/app/pricing/feature-notice';
import { PlannedNotice } from '@/app/pricing/planned-notice';
import { Pricing } from '@/app/pricing/pricing';
import { CodeNotice } from '@/components/code-notice';
import { Notice } from '@/components/ui/notice';
import { currentUser } from '@/lib/auth/session';
import { countMembers } from '@/lib/billing/account';
import { billingOverview } from '@/lib/billing/overview';
import { findFeature } from '@/lib/billing/plan-with';
import { isInterval } from '@/lib/billing/plans';
import { findCode, hasPaid } from '@/lib/billing/promotion-code';
import { shownCurrency } from '@/lib/billing/shown-currency';
import { isOngoing } from '@/lib/billing/subscription-status';
import { mayHaveTrial } from '@/lib/billing/trials';
import { caller } from '@/lib/rate-limit';
import { words } from '@/lib/reader';
import { may } from '@/lib/team/roles';
import { findMessage } from '@/lib/words';

export { pricingMetadata as generateMetadata } from '@/app/pricing/pricing';

/** The prices for somebody with a session, a promotion code, or a problem. */
export default async function PricingPage({ searchParams }: PageProps<'/pricing'>) {
  const [user, query] = await Promise.all([currentUser(), searchParams]);
  const { problems, pricing: t } = await words();
  const problem = findMessage(problems, query.problem);
  const feature = findFeature(query.for);
  const mayChoose = !user || may(user.role, 'manageBilling');
  const overview = user ? await billingOverview(user) : null;
  const subscription = overview?.subscription ?? null;
  const ongoing = subscription && isOngoing(subscription.status) ? subscription : null;
  const planned = ongoing?.nextChange?.kind === 'scheduled' ? ongoing.nextChange : null;
  const [currency, mayTry, members] = await Promise.all([
    shownCurrency(ongoing?.currency),
    user === null || (ongoing === null && mayHaveTrial(user)),
    user && countMembers(user),
  ]);
  const typed = typeof query.code === 'string' ? query.code.trim() : '';
  // For a change it depends on the change whether a code can be used: its preview says so.
  const found =
    typed && !ongoing
      ? await findCode(typed, {
          key: user?.id ?? caller(),
          customer: user?.stripeCustomerId ?? null,
          hasPaid: user !== null && (await hasPaid(user.id)),
        })
      : null;
  return (
    <AccountShell>
      <Pricing
        interval={[query.interval, ongoing?.interval].find(isInterval) ?? 'month'}
        currency={currency}
        visitor={{ isSignedIn: user !== null, ongoing, mayTry, members, mayChoose }}
        code={typeof found === 'string' ? null : found}
        typedCode={ongoing && typed ? typed : undefined}
        notices={
          <>
            {mayChoose ? null : <Notice kind="info" {...t.teamsPlan} />}
            {problem ? (
              <Notice kind="problem" title={problem.title} detail={problem.detail} />
            ) : null}
            {planned ? <PlannedNotice {...planned} /> : null}
            {feature ? <FeatureNotice feature={feature} /> : null}
            {ongoing && typed ? <Notice kind="info" {...t.codeForChange} /> : null}
            {found ? <CodeNotice found={found} currency={currency} /> : null}
          </>
        }
      />
    </AccountShell>
  );
}
