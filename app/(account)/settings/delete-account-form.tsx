import { Field } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { words } from '@/lib/reader';
import { outliving } from '@/lib/retention';
import { removeAccount } from './actions';
import styles from './delete-account-form.module.css';

/** Deletes the account once the e-mail address has been typed to confirm. */
export async function DeleteAccountForm({ email }: { email: string }) {
  const t = (await words()).settings;
  return (
    <div className={`${styles.danger} stack`}>
      <p>{t.deletionMeans}</p>
      <p className="soft small">{t.staysAWhile}</p>
      <ul className="soft small">
        {outliving.map(({ table, days }) => (
          <li key={table}>{t.outlives[table](days)}</li>
        ))}
      </ul>
      <form action={removeAccount} className="form">
        <Field
          label={t.typeEmail}
          name="confirm"
          type="email"
          autoComplete="off"
          required
          hint={email}
        />
        <SubmitButton pendingText={t.deleting} variant="danger">
          {t.deleteAccount}
        </SubmitButton>
      </form>
    </div>
  );
}
