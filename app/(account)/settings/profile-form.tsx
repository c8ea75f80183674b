import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionUser } from '@/lib/auth/session';
import { locales } from '@/lib/locale';
import { saveProfile } from './actions';

/** The user's name, and the language of dates, money and Stripe's pages. */
export function ProfileForm({ user }: { user: SessionUser }) {
  return (
    <form action={saveProfile} className="form">
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={user.name ?? ''}
        hint="How we greet you. Empty, we use your address."
      />
      <Select
        label="Dates and money"
        name="locale"
        defaultValue={user.locale ?? ''}
        options={languages}
      />
      <SubmitButton busy="Saving">Save</SubmitButton>
    </form>
  );
}

/** Each language under its own name, behind the browser's own choice. */
const languages = [
  { value: '', words: 'As my browser says' },
  ...locales.map((locale) => ({
    value: locale,
    words: new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale,
    lang: locale,
  })),
];
