import { BillingPreview } from '@/components/billing-preview';
import { HullDrawing } from '@/components/hull-drawing';
import { PageShell } from '@/components/page-shell';
import { planContents } from '@/components/plan-contents';
import { TaxNote } from '@/components/tax-note';
import { ButtonLink } from '@/components/ui/button-link';
import { Money } from '@/components/ui/money';
import { PageTop, Section } from '@/components/ui/section';
import { type Currency, soldPlans } from '@/lib/billing/plans';
import { copy } from '@/lib/product';
import { language, words } from '@/lib/reader';
import styles from './landing.module.css';

export async function Landing({ currency }: { currency: Currency }) {
  const [locale, t] = await Promise.all([language(), words()]);
  const { tagline, lede } = copy[locale];
  return (
    <PageShell>
      <PageTop>
        <div className={styles.hero}>
          <div className={styles.intro}>
            <h1>{tagline}</h1>
            <p className={styles.lede}>{lede}</p>
            <div className="row">
              <ButtonLink href="/pricing" prefetch={false}>
                {t.actions.subscribe}
              </ButtonLink>
              <ButtonLink href="/sign-in" variant="secondary" prefetch={false}>
                {t.shell.signIn}
              </ButtonLink>
            </div>
          </div>
          <HullDrawing className={styles.drawing} />
        </div>
      </PageTop>
      <Section id="billing" title={t.landing.billing}>
        <BillingPreview />
      </Section>
      <Section id="click" title={t.landing.howItWorks}>
        <ol className={styles.steps}>
          {t.landing.steps.map(({ title, detail }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p className="soft">{detail}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section id="plans" title={t.landing.plans}>
        <ul className={`${styles.plans} figures`}>
          {soldPlans.map((plan) => (
            <li key={plan.name}>
              <h3>{plan.title}</h3>
              <p className="soft">{planContents(plan, t).join(' · ')}</p>
              <p className={styles.price}>
                <Money amount={plan.prices?.month[currency] ?? 0} currency={currency} />{' '}
                {plan.seats ? t.summary.perSeatAnd('month') : t.summary.perPeriod('month', 1)}
                {plan.prices ? <TaxNote /> : null}
              </p>
            </li>
          ))}
        </ul>
        <div className="row">
          <ButtonLink href="/pricing" variant="secondary" prefetch={false}>
            {t.landing.compare}
          </ButtonLink>
        </div>
      </Section>
    </PageShell>
  );
}
