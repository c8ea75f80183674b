import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageShell } from '@/components/page-shell';
import { buttonClass } from '@/components/ui/button-class';
import { PageTitle, Section } from '@/components/ui/section';
import { product } from '@/lib/product';

export const metadata: Metadata = {
  title: 'Sign in',
  // Its address signs its bearer in, so no other site may learn it. The form needs an Origin.
  referrer: 'same-origin',
  robots: { index: false },
};

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
  const link = new URLSearchParams({ token, email });
  if (typeof callbackUrl === 'string') link.set('callbackUrl', callbackUrl);
  return (
    <PageShell>
      <PageTitle title={`Sign in to ${product.name}`} />
      <Section id="confirm" title="One more click">
        <p>
          You’ll be signed in as <strong>{email}</strong>.
        </p>
        <form method="post" action={`/api/auth/callback/email?${link}`}>
          <button type="submit" className={buttonClass('primary')}>
            Sign in
          </button>
        </form>
      </Section>
    </PageShell>
  );
}
