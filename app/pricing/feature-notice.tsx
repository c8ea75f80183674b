import { Notice } from '@/components/ui/notice';
import { includes } from '@/lib/billing/plan-with';
import { type Feature, features, plans } from '@/lib/billing/plans';

/** Says why somebody was led to the pricing page: for a feature that their plan does not include. */
export function FeatureNotice({ feature }: { feature: Feature }) {
  const titles = plans.filter((plan) => includes(plan, feature)).map(({ title }) => title);
  const names = new Intl.ListFormat('en').format(titles);
  return (
    <Notice
      kind="info"
      title={`${features[feature]} is part of ${names}`}
      detail="Other plans do not include it. To use it, choose a plan that does."
    />
  );
}
