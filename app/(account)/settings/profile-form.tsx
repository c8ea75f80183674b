import { languages } from '@/app/languages';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionUser } from '@/lib/auth/session';
import { words } from '@/lib/reader';
import { themes } from '@/lib/theme';
import { saveProfile } from './actions';

/** The user's name, language and theme. */
export async function ProfileForm({ user }: { user: SessionUser }) {
  const { settings: t, look } = await words();
  return (
    <form action={saveProfile} className="form">
      <Field
        label={t.name}
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={user.person.name ?? ''}
        hint={t.nameHint}
      />
      <Select
        label={look.language}
        name="locale"
        defaultValue={user.locale ?? ''}
        options={[{ value: '', text: look.asBrowser }, ...languages]}
      />
      <Select
        label={look.theme}
        name="theme"
        defaultValue={user.theme ?? ''}
        options={[
          { value: '', text: look.asSystem },
          ...themes.map((value) => ({ value, text: look[value] })),
        ]}
      />
      <SubmitButton pendingText={t.saving}>{t.save}</SubmitButton>
    </form>
  );
}
