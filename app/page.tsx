import { BillingPreview } from '@/components/billing-preview';
import { HullDrawing } from '@/components/hull-drawing';
import { PageShell } from '@/components/page-shell';
import { planContents } from '@/components/plan-contents';
import { ButtonLink } from '@/components/ui/button-link';
import { Money } from '@/components/ui/money';
import { PageTop, Section } from '@/components/ui/section';
import { plans } from '@/lib/billing/plans';
import { shownCurrency } from '@/lib/billing/shown-currency';
import { product } from '@/lib/product';
import styles from './page.module.css';

export default async function LandingPage() {
  const currency = await shownCurrency();
  return (
    <PageShell>
      <PageTop>
        <div className={styles.hero}>
          <div className={styles.intro}>
            <h1>{product.tagline}</h1>
            <p className={styles.lede}>
              Sign-in, plans, Checkout, and a billing page that is up to date every time a customer
              comes back from Stripe. A complete Next.js app to make your own.
            </p>
            <div className="row">
              <ButtonLink href="/pricing">See the plans</ButtonLink>
              <ButtonLink href="/sign-in" variant="secondary">
                Sign in
              </ButtonLink>
            </div>
          </div>
          <HullDrawing className={styles.drawing} />
        </div>
      </PageTop>
      <Section id="billing" title="Billing page">
        <BillingPreview />
      </Section>
      <Section id="click" title="How it works">
        <ol className={styles.steps}>
          {steps.map(({ title, detail }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p className="soft">{detail}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section id="plans" title="Plans">
        <ul className={`${styles.plans} figures`}>
          {plans.map((plan) => (
            <li key={plan.name}>
              <h3>{plan.title}</h3>
              <p className="soft">{planContents(plan).join(' · ')}</p>
              <p className={styles.price}>
                <Money amount={plan.prices?.month[currency] ?? 0} currency={currency} /> per{' '}
                {plan.seats ? 'seat and month' : 'month'}
              </p>
            </li>
          ))}
        </ul>
        <div className="row">
          <ButtonLink href="/pricing" variant="secondary">
            Compare plans
          </ButtonLink>
        </div>
      </Section>
    </PageShell>
  );
}

/** What happens from a click on Manage billing until the customer is back. */
const steps = [
  {
    title: 'Click',
    detail:
      'Manage billing is a plain form. It works before JavaScript has loaded, and without it.',
  },
  {
    title: 'Look up',
    detail:
      'The session says who the user is, the database which Stripe customer they are. Nothing the browser sends is trusted.',
  },
  {
    title: 'Open',
    detail:
      'One request to Stripe creates a portal session, and the user is redirected to it. Card numbers never reach this app.',
  },
  {
    title: 'Return',
    detail:
      'The subscription is read again from Stripe before the page is shown, so it is correct even when the webhook is late.',
  },
] as const;
