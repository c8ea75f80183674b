import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { PageShell } from '@/components/page-shell';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { oauthProviders } from '@/lib/auth/options';
import { currentUser } from '@/lib/auth/session';
import { product } from '@/lib/product';
import { signInByEmail, signInWith } from './actions';
import { findSignInProblem } from './problems';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (await currentUser()) redirect('/dashboard');
  const { sent, error, callbackUrl } = await searchParams;
  return (
    <PageShell>{sent ? <Sent /> : <SignIn error={error} callbackUrl={callbackUrl} />}</PageShell>
  );
}

type Query = Partial<Record<'sent' | 'error' | 'callbackUrl', string | string[]>>;

function SignIn({ error, callbackUrl }: Omit<Query, 'sent'>) {
  const problem = error ? findSignInProblem(error) : null;
  const returnTo = typeof callbackUrl === 'string' ? callbackUrl : '/dashboard';
  const providers = oauthProviders();
  return (
    <>
      <PageTitle title="Sign in" />
      <Section id="by-email" title="By e-mail">
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <p>
          We will send you a link that signs you in. New here? The same link creates your account.
        </p>
        <form action={signInByEmail} className="form">
          <input type="hidden" name="callbackUrl" value={returnTo} />
          <Field label="Email" name="email" type="email" autoComplete="email" required />
          <SubmitButton pendingText="Sending the link">Send sign-in link</SubmitButton>
        </form>
      </Section>
      {providers.length > 0 ? (
        <Section id="by-account" title="With another account">
          <form action={signInWith} className="row">
            <input type="hidden" name="callbackUrl" value={returnTo} />
            {providers.map(({ id, name }) => (
              <button
                key={id}
                type="submit"
                name="provider"
                value={id}
                className={buttonClass('secondary')}
              >
                {`Continue with ${name}`}
              </button>
            ))}
          </form>
        </Section>
      ) : null}
    </>
  );
}

function Sent() {
  return (
    <>
      <PageTitle title="Check your e-mail" />
      <Section id="sent" title="The link is on its way">
        <div className="stack" role="status">
          <p>
            Open the e-mail from {product.name} on this device and follow the link. It works once
            and expires after 24 hours.
          </p>
          <p className="soft">
            Nothing after a minute? Check your spam folder, or{' '}
            <Link href="/sign-in">send another link</Link>.
          </p>
        </div>
      </Section>
    </>
  );
}
