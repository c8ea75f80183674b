import { BodyPlan } from '@/components/body-plan';
import { Frame } from '@/components/frame';
import { planContents } from '@/components/plan-contents';
import { Preview } from '@/components/preview';
import { ButtonLink } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import { PageTop, Section } from '@/components/ui/section';
import { currency, plans } from '@/lib/billing/plans';
import { product } from '@/lib/product';
import styles from './page.module.css';

export default function LandingPage() {
  return (
    <Frame>
      <PageTop>
        <div className={styles.hero}>
          <div className={styles.words}>
            <h1>{product.tagline}</h1>
            <p className={styles.lede}>
              Sign-in, plans, Checkout, and a billing page that is right every time somebody comes
              back from Stripe. A whole Next.js app, to take over and make yours.
            </p>
            <div className="row">
              <ButtonLink href="/pricing">See the plans</ButtonLink>
              <ButtonLink href="/sign-in" weight="quiet">
                Sign in
              </ButtonLink>
            </div>
          </div>
          <BodyPlan className={styles.plan} />
        </div>
      </PageTop>
      <Section id="billing" title="What you see">
        <Preview />
      </Section>
      <Section id="click" title="One click, kept in order">
        <ol className={styles.log}>
          {log.map(({ what, how }) => (
            <li key={what}>
              <h3>{what}</h3>
              <p className="soft">{how}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section id="plans" title="Plans">
        <ul className={`${styles.plans} figures`}>
          {plans.map((plan) => (
            <li key={plan.name}>
              <h3>{plan.title}</h3>
              <p className="soft">{planContents(plan).join(', ')}</p>
              <p className={styles.price}>
                <Money amount={plan.prices?.month ?? 0} currency={currency} /> per month
              </p>
            </li>
          ))}
        </ul>
        <div className="row">
          <ButtonLink href="/pricing" weight="quiet">
            Compare plans
          </ButtonLink>
        </div>
      </Section>
    </Frame>
  );
}

/** What happens from the press on Manage billing to the way back. */
const log = [
  {
    what: 'Press',
    how: 'Manage billing is a plain form. It works before the scripts load, and without them.',
  },
  {
    what: 'Look up',
    how: 'Who you are comes from your session, your customer ID from the database. Nothing the browser sends is trusted.',
  },
  {
    what: 'Open',
    how: 'One request asks Stripe for a portal session, and the answer is a redirect to it. Cards never touch this app.',
  },
  {
    what: 'Return',
    how: 'Your subscription is read anew before the page is drawn, so it is right even when the webhook is late.',
  },
] as const;
