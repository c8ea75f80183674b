import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionUser } from '@/lib/auth/session';
import { locales } from '@/lib/locale';
import { type Theme, themes } from '@/lib/theme';
import { saveProfile } from './actions';

/** The user's name, the language of dates, money and Stripe's pages, and the theme. */
export function ProfileForm({ user }: { user: SessionUser }) {
  return (
    <form action={saveProfile} className="form">
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={user.name ?? ''}
        hint="How we address you. If you leave it empty, we use your e-mail address."
      />
      <Select
        label="Dates and money"
        name="locale"
        defaultValue={user.locale ?? ''}
        options={languages}
      />
      <Select label="Theme" name="theme" defaultValue={user.theme ?? ''} options={themeChoices} />
      <SubmitButton pendingText="Saving">Save</SubmitButton>
    </form>
  );
}

/** Each language by its own name. */
const languages = [
  { value: '', text: 'As my browser says' },
  ...locales.map((locale) => ({
    value: locale,
    text: new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale,
    lang: locale,
  })),
];

const themeNames = { light: 'Light', dark: 'Dark' } as const satisfies Record<Theme, string>;

const themeChoices = [
  { value: '', text: 'As my system says' },
  ...themes.map((theme) => ({ value: theme, text: themeNames[theme] })),
];
