import { Field } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { words } from '@/lib/reader';
import { requestEmail } from './actions';

/** Asks for another address to sign in with. It changes once a link sent there is followed. */
export async function EmailForm() {
  const t = (await words()).settings;
  return (
    <form action={requestEmail} className="form">
      <Field
        label={t.newEmail}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={t.newEmailHint}
      />
      <SubmitButton pendingText={t.sendingLink} variant="secondary">
        {t.changeEmail}
      </SubmitButton>
    </form>
  );
}
