import { Field } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { removeAccount } from './actions';

/** Deletes the account, once the e-mail address was typed to say that it is meant. */
export function DeleteAccountForm({ email }: { email: string }) {
  return (
    <>
      <p>
        Your plan ends at once, nothing more is charged, and everything we hold of you is deleted.
        This cannot be undone. Invoices you may still need are best saved first.
      </p>
      <form action={removeAccount} className="form">
        <Field
          label="Your e-mail address, to confirm"
          name="confirm"
          type="email"
          autoComplete="off"
          required
          hint={`Type ${email}`}
        />
        <SubmitButton busy="Deleting your account" weight="quiet">
          Delete account
        </SubmitButton>
      </form>
    </>
  );
}
