import { Notice } from '@/components/ui/notice';
import { includes } from '@/lib/billing/plan-with';
import { type Feature, soldPlans } from '@/lib/billing/plans';
import { words } from '@/lib/reader';

/** Says why somebody was led to the pricing page: for a feature that their plan does not include. */
export async function FeatureNotice({ feature }: { feature: Feature }) {
  const { pricing: t, catalogue } = await words();
  const titles = soldPlans.filter((plan) => includes(plan, feature)).map(({ title }) => title);
  return (
    <Notice
      kind="info"
      title={t.partOf(catalogue.feature(feature), catalogue.names(titles))}
      detail={t.otherPlansDoNot}
    />
  );
}
