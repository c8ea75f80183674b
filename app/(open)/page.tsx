import { Landing } from '@/app/landing/landing';
import { shownCurrency } from '@/lib/billing/shown-currency';

export default async function LandingPage() {
  return <Landing currency={await shownCurrency()} />;
}
