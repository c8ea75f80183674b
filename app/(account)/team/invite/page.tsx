import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { Price } from '@/components/price';
import { LongField } from '@/components/ui/field';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireBillingAccount } from '@/lib/billing/account';
import { nextSeatOf } from '@/lib/billing/next-seat';
import { metadata, words } from '@/lib/reader';
import { givenRoles, may } from '@/lib/team/roles';
import { findMessage } from '@/lib/words';
import { sendInvitations } from '../actions';

export const generateMetadata = metadata((t) => ({ title: t.team.invitePage.title }));

/** Invites people into the team, once it is said what each of them will cost. */
export default async function InvitePage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/team/invite');
  if (!account.role) notFound();
  if (!may(account.role, 'invite')) redirect('/team?problem=not-allowed');
  const [seat, query] = await Promise.all([nextSeatOf(account), searchParams]);
  const { team } = await words();
  const { invitePage: t } = team;
  const problem = findMessage(team.problems, query.problem);
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="cost" title={t.cost}>
        {seat.kind === 'paid' ? (
          <p>
            {seat.dueNow > 0
              ? t.costs(
                  <Money amount={seat.dueNow} currency={seat.seat.currency} exact />,
                  <Price {...seat.seat} quantity={1} />,
                )
              : t.costsLater(<Price {...seat.seat} quantity={1} />)}{' '}
            {t.whenCharged}
          </p>
        ) : (
          <p>{t[seat.kind]}</p>
        )}
        {seat.kind === 'full' ? (
          <p>
            <Link href="/pricing">{t.changePlan}</Link>
          </p>
        ) : null}
      </Section>
      <Section id="who" title={t.who}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <form action={sendInvitations} className="form">
          <LongField
            label={t.addresses}
            name="emails"
            rows={3}
            required
            autoComplete="off"
            hint={t.addressesHint}
          />
          <Select
            label={t.role}
            name="role"
            defaultValue="member"
            options={givenRoles.map((value) => ({ value, text: team.roles[value] }))}
          />
          <p className="soft small">{t.linkIs}</p>
          <SubmitButton pendingText={team.sending}>{t.send}</SubmitButton>
        </form>
      </Section>
    </>
  );
}

type Query = { problem?: string | string[] };
