import { redirect } from 'next/navigation';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { findEmailChange } from '@/lib/auth/email-change';
import { requirePerson } from '@/lib/auth/session';
import { metadata, words } from '@/lib/reader';
import { confirmEmail } from '../actions';

export const generateMetadata = metadata((t) => ({
  title: t.settings.changeEmail,
  referrer: 'same-origin',
  robots: { index: false },
}));

/** Where the link to a new address leads: one button, because mail scanners follow links. */
export default async function EmailPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { token } = await searchParams;
  if (typeof token !== 'string') redirect('/settings');
  const user = await requirePerson(`/settings/email?token=${encodeURIComponent(token)}`);
  const email = await findEmailChange(user, token);
  if (!email) redirect('/settings?problem=email-link');
  const t = (await words()).settings;
  return (
    <>
      <PageTitle title={t.changeEmail} />
      <Section id="confirm" title={t.oneMoreClick}>
        <p>{t.linksWillGoTo(<strong>{email}</strong>, user.email)}</p>
        <form action={confirmEmail}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton pendingText={t.saving}>{t.useThisEmail}</SubmitButton>
        </form>
      </Section>
    </>
  );
}
