import { Landing } from '@/app/landing/landing';
import { currencies, findCurrency } from '@/lib/billing/plans';
import { builtPrices } from '@/lib/built-pages';

export const generateStaticParams = () => builtPrices;

export default async function LandingPage({
  params,
}: PageProps<'/built/[language]/[tax]/[currency]'>) {
  return <Landing currency={findCurrency((await params).currency) ?? currencies[0]} />;
}
