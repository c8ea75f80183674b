import { redirect } from 'next/navigation';
import { CodeNotice } from '@/components/code-notice';
import { PlanPrice, Price } from '@/components/price';
import { SeatsField } from '@/components/seats-field';
import { ActionButton } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button-class';
import { ButtonLink } from '@/components/ui/button-link';
import { type DescriptionItem, DescriptionList } from '@/components/ui/description-list';
import { Field } from '@/components/ui/field';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { type OwnSubscription, requireBillingAccount } from '@/lib/billing/account';
import { codeForChange } from '@/lib/billing/change-code';
import { nextChangeOf } from '@/lib/billing/next-change';
import type { Problem } from '@/lib/billing/notices';
import {
  isTiming,
  type PlanGoal,
  seatsOf,
  seatsProblem,
  type Timing,
  timingOf,
} from '@/lib/billing/plan-change';
import { findPaidPlan, findPlanChoice } from '@/lib/billing/plans';
import { type ChangePreview, previewForPage } from '@/lib/billing/preview-change';
import type { PromotionCode } from '@/lib/billing/promotion-code';
import { shownCurrency } from '@/lib/billing/shown-currency';
import { isOngoing } from '@/lib/billing/subscription-status';
import { metadata, words } from '@/lib/reader';
import { findMessage } from '@/lib/words';
import type { Words } from '@/lib/words/english';
import { keepPlan, updateCard } from '../actions';
import { confirmChange } from './actions';

export const generateMetadata = metadata((t) => ({ title: t.billing.changePlan }));

/** Shows what another plan, interval or number of seats costs and when it begins, and confirms it. */
export default async function SwitchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/billing');
  const query = await searchParams;
  const choice = findPlanChoice(query.plan, query.interval);
  if (!choice) redirect('/pricing?problem=unknown-plan');
  const { subscription, members } = account;
  if (!subscription || !isOngoing(subscription.status)) redirect('/pricing');
  const { plan, interval } = choice;
  const asked = query.seats ? String(query.seats) : null;
  const quantity = seatsOf(choice, subscription, members, asked);
  if (quantity === null) {
    const problem = seatsProblem(members);
    if (members !== null) redirect(`/pricing?interval=${interval}&problem=${problem}`);
    const again = { plan: plan.name, interval, code: String(query.code ?? ''), problem };
    redirect(`/billing/switch?${new URLSearchParams(again)}`);
  }
  const seats = members === null && plan.seats;
  const chosen = { ...choice, quantity };
  const timing = timingOf(subscription, chosen);
  const typed = String(query.code ?? '').trim();
  const found =
    typed && isTiming(timing) ? await codeForChange(account, chosen, timing, typed) : null;
  const code = found && typeof found !== 'string' ? found : undefined;
  const goal = { ...chosen, code };
  const preview = isTiming(timing) ? await previewForPage(account, goal, timing) : null;
  const all = await words();
  const t = all.change;
  // Whoever comes to change seats has not said yet how many.
  const isUndecided = seats && asked === null && timing === 'no-change';
  const problem =
    findMessage(all.problems, query.problem)?.key ??
    (isUndecided ? null : problemWith(timing, preview));
  return (
    <>
      <PageTitle
        title={plan.name === subscription.plan ? t.title : all.pricing.switchTo(plan.title)}
      />
      <Section id="difference" title={t.whatChanges}>
        {problem ? <ProblemNotice problem={problem} /> : null}
        {found ? <CodeNotice found={found} currency={subscription.currency} /> : null}
        <DescriptionList
          items={[
            { name: t.now, value: <Held subscription={subscription} /> },
            ...(timing === 'no-change'
              ? []
              : [{ name: t.new, value: <Wanted goal={goal} subscription={subscription} /> }]),
            ...(isTiming(timing) ? [effectOf(timing, subscription, t)] : []),
            ...(code ? [discountOf(code, subscription.currency, all)] : []),
            ...(preview ? amountsOf(preview, all) : []),
          ]}
        />
        {plan.seats && members !== null ? <p>{all.pricing.seatsFollow(quantity)}</p> : null}
        {seats || isTiming(timing) ? (
          <form action="/billing/switch" className="stack">
            <GoalFields goal={goal} />
            {seats ? <SeatsField {...seats} seats={quantity} /> : null}
            <Field
              label={all.pricing.code}
              name="code"
              defaultValue={typed}
              maxLength={100}
              autoComplete="off"
            />
            <div>
              <button type="submit" className={buttonClass('secondary')}>
                {t.showPrice}
              </button>
            </div>
          </form>
        ) : null}
        {isTiming(timing) ? <Explanation timing={timing} subscription={subscription} /> : null}
        <div className="row">
          {isTiming(timing) && preview ? (
            <form action={confirmChange}>
              <GoalFields goal={goal} />
              <input type="hidden" name="seats" value={quantity} />
              <input type="hidden" name="timing" value={timing} />
              <input type="hidden" name="at" value={preview.at} />
              <input type="hidden" name="dueNow" value={preview.dueNow} />
              {code ? <input type="hidden" name="code" value={code.code} /> : null}
              <SubmitButton pendingText={t.changing}>{t.confirm}</SubmitButton>
            </form>
          ) : null}
          <ButtonLink href="/billing" variant="secondary">
            {t.back}
          </ButtonLink>
        </div>
      </Section>
    </>
  );
}

function problemWith(timing: Timing | Problem, preview: ChangePreview | null): Problem | null {
  if (!isTiming(timing)) return timing;
  return preview ? null : 'no-preview';
}

async function ProblemNotice({ problem }: { problem: Problem }) {
  const { problems, actions, billing: t } = await words();
  return (
    <Notice kind={problem === 'no-change' ? 'info' : 'problem'} {...problems[problem]}>
      {problem === 'keep-first' ? (
        <ActionButton action={keepPlan} pendingText={t.keeping} variant="secondary">
          {actions.keep}
        </ActionButton>
      ) : null}
      {problem === 'card-declined' || problem === 'no-card' ? (
        <ActionButton action={updateCard} pendingText={t.opening} variant="secondary">
          {actions.update_card}
        </ActionButton>
      ) : null}
    </Notice>
  );
}

async function Held({ subscription }: { subscription: OwnSubscription }) {
  const { plan, unitAmount } = subscription;
  return (
    <>
      {findPaidPlan(plan)?.title ?? (await words()).summary.customPlan},{' '}
      <Price {...subscription} unitAmount={unitAmount === null ? null : Number(unitAmount)} />
    </>
  );
}

async function Wanted({ goal, subscription }: { goal: PlanGoal; subscription: OwnSubscription }) {
  const currency = await shownCurrency(subscription.currency);
  return (
    <>
      {goal.plan.title}, <PlanPrice {...goal} currency={currency} />
    </>
  );
}

function effectOf(
  timing: Timing,
  { status, currentPeriodEnd }: OwnSubscription,
  t: Words['change'],
): DescriptionItem {
  const end = <FormattedDate date={currentPeriodEnd} />;
  if (timing === 'period-end') return { name: t.begins, value: t.beginsOn(end) };
  return { name: t.begins, value: status === 'trialing' ? t.atOnceInTrial(end) : t.atOnce };
}

function discountOf(
  { percentOff, amountOff, duration }: PromotionCode,
  currency: string,
  { summary, pricing }: Words,
): DescriptionItem {
  const off =
    percentOff === null
      ? summary.amountOff(<Money amount={amountOff[currency] ?? 0} currency={currency} />)
      : summary.percentOff(percentOff);
  return {
    name: summary.discount,
    value: (
      <>
        {off}
        {pricing.forDuration(duration)}
      </>
    ),
  };
}

function amountsOf(
  { currency, dueNow, credited, creditLeft, next }: ChangePreview,
  { change: t, summary }: Words,
) {
  const money = (amount: number) => <Money amount={amount} currency={currency} exact />;
  return [
    { name: summary.dueNow, value: money(dueNow) },
    ...(credited > 0 ? [{ name: t.credited, value: t.forUnusedTime(money(credited)) }] : []),
    ...(creditLeft > 0
      ? [{ name: t.creditLeft, value: t.forNextPayments(money(creditLeft)) }]
      : []),
    {
      name: summary.nextPayment,
      value: summary.amountOn(money(next.amount), <FormattedDate date={next.at} />),
    },
  ];
}

async function Explanation({
  timing,
  subscription,
}: {
  timing: Timing;
  subscription: OwnSubscription;
}) {
  const { change: t, summary } = await words();
  const planned = nextChangeOf(subscription);
  return (
    <div className="soft small stack">
      <p>
        {timing === 'period-end'
          ? t.keepUntilThen
          : subscription.status === 'trialing'
            ? t.nothingInTrial
            : t.chargedOnConfirm}
      </p>
      {planned ? <p>{t.replaces(planned.title ?? summary.customPlan)}</p> : null}
    </div>
  );
}

function GoalFields({ goal: { plan, interval } }: { goal: PlanGoal }) {
  return (
    <>
      <input type="hidden" name="plan" value={plan.name} />
      <input type="hidden" name="interval" value={interval} />
    </>
  );
}

type Query = Partial<Record<'plan' | 'interval' | 'seats' | 'code' | 'problem', string | string[]>>;
