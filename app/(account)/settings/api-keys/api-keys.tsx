import { ButtonLink } from '@/components/ui/button-link';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { accessOf } from '@/lib/access';
import { type ApiKeyView, apiKeysOf } from '@/lib/api-keys';
import type { SessionUser } from '@/lib/auth/session';
import { planWith } from '@/lib/billing/plan-with';
import { words } from '@/lib/reader';
import { may } from '@/lib/team/roles';
import { findMessage } from '@/lib/words';
import { removeApiKey } from './actions';
import styles from './api-keys.module.css';
import { NewKeyForm } from './new-key-form';

/**
 * The section of the settings for API keys: to create one, and those that exist. They stay listed, and
 * can be revoked, when the plan does not include the API any more.
 *
 * @param problem what the page's address names, if anything
 */
export async function ApiKeys({ user, problem }: { user: SessionUser; problem: unknown }) {
  const [{ can }, keys] = await Promise.all([accessOf(user), apiKeysOf(user.id)]);
  const { apiKeys: t, actions } = await words();
  if (!may(user.role, 'manageApiKeys')) {
    return (
      <Section id="api-keys" title={t.title}>
        <p>{t.askManagers}</p>
      </Section>
    );
  }
  const found = findMessage(t.problems, problem);
  return (
    <Section id="api-keys" title={t.title}>
      {found ? <Notice kind="problem" title={found.title} detail={found.detail} /> : null}
      {user.role ? <p>{t.endsWith(user.name ?? '')}</p> : null}
      {can('api') ? (
        <NewKeyForm suggestion={unusedName(keys, t.keyName)} t={t.form} />
      ) : (
        <>
          <p>
            {t.partOf(planWith('api')?.title ?? '')}
            {keys.length > 0 ? ` ${t.workAgain}` : ''}
          </p>
          <ButtonLink href="/pricing?for=api" variant="secondary">
            {actions.subscribe}
          </ButtonLink>
        </>
      )}
      {keys.length > 0 ? (
        <ul className="lines">
          {keys.map((key) => (
            <Key key={key.id} apiKey={key} />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

async function Key({ apiKey }: { apiKey: ApiKeyView }) {
  const { id, name, prefix, createdAt, lastUsedAt, madeBy } = apiKey;
  const t = (await words()).apiKeys;
  return (
    <li>
      <div id={`key-${id}`}>
        <p>
          {name} <code className={styles.key}>{prefix}…</code>
        </p>
        <p className="soft small">
          {t.createdOn(<FormattedDate date={createdAt} />)}
          {madeBy ? t.madeBy(madeBy) : null},{' '}
          {lastUsedAt ? t.usedOn(<FormattedDate date={lastUsedAt} as="moment" />) : t.notUsed}
        </p>
      </div>
      <form action={removeApiKey}>
        <input type="hidden" name="key" value={id} />
        <SubmitButton pendingText={t.revoking} variant="secondary" describedBy={`key-${id}`}>
          {t.revoke}
        </SubmitButton>
      </form>
    </li>
  );
}

/** The form works with one click. A name is used once, so a form that is sent again creates nothing. */
function unusedName(keys: readonly ApiKeyView[], nameOf: (number: number) => string): string {
  let number = keys.length + 1;
  while (keys.some(({ name }) => name === nameOf(number))) number += 1;
  return nameOf(number);
}
