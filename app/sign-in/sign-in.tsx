import { PageShell } from '@/components/page-shell';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OAuthProvider } from '@/lib/auth/oauth-providers';
import { words } from '@/lib/reader';
import { signInByEmail, signInWith } from './actions';
import { findSignInProblem } from './problems';

/** The sign-in page for who asks for nothing in particular, or comes from a page or with a problem. */
export async function SignIn({
  providers,
  error,
  callbackUrl,
}: {
  providers: readonly OAuthProvider[];
  error?: unknown;
  callbackUrl?: unknown;
}) {
  const t = (await words()).signIn;
  const problem = error ? t.problems[findSignInProblem(error)] : null;
  const returnTo = typeof callbackUrl === 'string' ? callbackUrl : '/dashboard';
  return (
    <PageShell>
      <PageTitle title={t.title} />
      <Section id="by-email" title={t.byEmail}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <p>{t.how}</p>
        <form action={signInByEmail} className="form">
          <input type="hidden" name="callbackUrl" value={returnTo} />
          <Field label={t.email} name="email" type="email" autoComplete="email" required />
          <SubmitButton pendingText={t.sending}>{t.send}</SubmitButton>
        </form>
      </Section>
      {providers.length > 0 ? (
        <Section id="by-account" title={t.byAccount}>
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
                {t.continueWith(name)}
              </button>
            ))}
          </form>
        </Section>
      ) : null}
    </PageShell>
  );
}
