import Link from 'next/link';
import { ActionButton } from '@/components/ui/action-button';
import type { CurrentUser } from '@/lib/auth/session';
import { teams } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import { themes } from '@/lib/theme';
import { signOut } from './(account)/settings/actions';
import { switchTeam } from './(account)/team/actions';
import styles from './account-menu.module.css';
import { languages } from './languages';
import { chooseLanguage, chooseTheme } from './look-actions';

/** Who is signed in and for whom they act, how they want to see the app, and the way out. A popover, so it needs no script. */
export async function AccountMenu({ user }: { user: CurrentUser }) {
  const { shell, look, settings } = await words();
  const { person } = user;
  const name = person.name ?? person.email;
  return (
    <div className={styles.account}>
      <button type="button" popoverTarget="account-menu" className={styles.opener}>
        <span aria-hidden="true" className={styles.initial}>
          {[...(user.role ? (user.name ?? '') : name)][0]?.toUpperCase()}
        </span>
        <span className="visually-hidden">{shell.account}</span>
      </button>
      <div id="account-menu" popover="auto" className={styles.menu}>
        <div className={styles.who}>
          {person.name ? <p>{person.name}</p> : null}
          <p className="soft small">{person.email}</p>
        </div>
        {teams ? (
          <div className={styles.teams}>
            {user.teams.length > 0 ? (
              <Choices
                title={shell.actingFor}
                name="team"
                action={switchTeam}
                chosen={user.role ? user.id : ''}
                options={[
                  { value: '', text: shell.yourself },
                  ...user.teams.map(({ id, name: text }) => ({ value: id, text })),
                ]}
              />
            ) : null}
            <Link href="/team/new">{shell.newTeam}</Link>
          </div>
        ) : null}
        <Choices
          title={look.language}
          name="locale"
          action={chooseLanguage}
          chosen={user.locale ?? ''}
          options={[{ value: '', text: look.asBrowser }, ...languages]}
        />
        <Choices
          title={look.theme}
          name="theme"
          action={chooseTheme}
          chosen={user.theme ?? ''}
          options={[
            { value: '', text: look.asSystem },
            ...themes.map((value) => ({ value, text: look[value] })),
          ]}
        />
        <div className={styles.out}>
          <Link href="/settings">{shell.settings}</Link>
          <ActionButton action={signOut} pendingText={settings.signingOut} variant="secondary">
            {settings.signOut}
          </ActionButton>
        </div>
      </div>
    </div>
  );
}

/** One button per option: a click applies it. */
function Choices({
  title,
  name,
  action,
  chosen,
  options,
}: {
  title: string;
  name: string;
  action: (form: FormData) => Promise<void>;
  chosen: string;
  options: readonly { value: string; text: string; lang?: string }[];
}) {
  return (
    <form action={action}>
      <fieldset className={styles.choices}>
        <legend className="soft small">{title}</legend>
        {options.map(({ value, text, lang }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
          >
            {text}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
