import { redirect } from 'next/navigation';
import { PageShell } from '@/components/page-shell';
import { buttonClass } from '@/components/ui/button-class';
import { PageTitle, Section } from '@/components/ui/section';
import { metadata, words } from '@/lib/reader';

export const generateMetadata = metadata((t) => ({
  title: t.signIn.title,
  // Its address signs its bearer in, so no other site may learn it. The form needs an Origin.
  referrer: 'same-origin',
  robots: { index: false },
}));

/**
 * Where a sign-in link leads: one button, so that mail scanners, which follow links but send no forms,
 * do not use the link up.
 */
export default async function ConfirmSignInPage({
  searchParams,
}: {
  searchParams: Promise<Partial<Record<'token' | 'email' | 'callbackUrl', string | string[]>>>;
}) {
  const { token, email, callbackUrl } = await searchParams;
  if (typeof token !== 'string' || typeof email !== 'string') {
    redirect('/sign-in?error=Verification');
  }
  const t = (await words()).signIn;
  const link = new URLSearchParams({ token, email });
  if (typeof callbackUrl === 'string') link.set('callbackUrl', callbackUrl);
  return (
    <PageShell>
      <PageTitle title={t.confirmTitle} />
      <Section id="confirm" title={t.oneMoreClick}>
        <p>{t.signedInAs(<strong>{email}</strong>)}</p>
        <form method="post" action={`/api/auth/callback/email?${link}`}>
          <button type="submit" className={buttonClass('primary')}>
            {t.title}
          </button>
        </form>
      </Section>
    </PageShell>
  );
}
