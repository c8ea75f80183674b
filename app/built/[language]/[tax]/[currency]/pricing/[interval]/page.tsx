import { Pricing } from '@/app/pricing/pricing';
import { PageShell } from '@/components/page-shell';
import { currencies, findCurrency, intervals, isInterval } from '@/lib/billing/plans';
import { builtPrices } from '@/lib/built-pages';

export { pricingMetadata as generateMetadata } from '@/app/pricing/pricing';

export function generateStaticParams() {
  return builtPrices.flatMap((prices) => intervals.map((interval) => ({ ...prices, interval })));
}

export default async function PricingPage({
  params,
}: PageProps<'/built/[language]/[tax]/[currency]/pricing/[interval]'>) {
  const { currency, interval } = await params;
  return (
    <PageShell>
      <Pricing
        currency={findCurrency(currency) ?? currencies[0]}
        interval={isInterval(interval) ? interval : 'month'}
      />
    </PageShell>
  );
}
