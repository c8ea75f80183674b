import type { Metadata } from 'next';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { saveProfile, signOut } from './actions';
import styles from './page.module.css';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/settings');
  const { saved, problem } = await searchParams;
  return (
    <>
      <PageTitle title="Settings" />
      <Section id="profile" title="Profile">
        {saved ? <Notice kind="news" title="Saved" detail="Your profile is up to date." /> : null}
        {problem ? (
          <Notice
            kind="problem"
            title="That name is too long"
            detail="A name can have up to 100 characters. Nothing was changed."
          />
        ) : null}
        <form action={saveProfile} className={styles.form}>
          <Field
            label="Name"
            name="name"
            autoComplete="name"
            maxLength={100}
            defaultValue={user.name ?? ''}
            hint="How we greet you. Leave it empty to be greeted by your e-mail address."
          />
          <SubmitButton busy="Saving">Save</SubmitButton>
        </form>
      </Section>
      <Section id="sign-in" title="Sign-in">
        <div className="stack">
          <div>
            <p>{user.email}</p>
            <p className="soft small">
              Sign-in links go to this address. The address on your invoices is set in billing.
            </p>
          </div>
          <form action={signOut}>
            <SubmitButton busy="Signing out" weight="quiet">
              Sign out
            </SubmitButton>
          </form>
        </div>
      </Section>
    </>
  );
}

type Query = { saved?: string | string[]; problem?: string | string[] };
