import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignIn } from '@/app/sign-in/sign-in';
import { PageShell } from '@/components/page-shell';
import { PageTitle, Section } from '@/components/ui/section';
import { oauthProviders } from '@/lib/auth/oauth-providers';
import { currentUser } from '@/lib/auth/session';
import { metadata, words } from '@/lib/reader';

export const generateMetadata = metadata((t) => ({ title: t.signIn.title }));

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  if (await currentUser()) redirect('/dashboard');
  const { sent, error, callbackUrl } = await searchParams;
  return sent ? (
    <Sent />
  ) : (
    <SignIn providers={oauthProviders()} error={error} callbackUrl={callbackUrl} />
  );
}

async function Sent() {
  const t = (await words()).signIn;
  return (
    <PageShell>
      <PageTitle title={t.sentTitle} />
      <Section id="sent" title={t.onItsWay}>
        <div className="stack" role="status">
          <p>{t.openIt}</p>
          <p className="soft">
            {t.nothing((text) => (
              <Link href="/sign-in">{text}</Link>
            ))}
          </p>
        </div>
      </Section>
    </PageShell>
  );
}
