import { Field } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { removeAccount } from './actions';

/** Deletes the account once the e-mail address has been typed to confirm. */
export function DeleteAccountForm({ email }: { email: string }) {
  return (
    <>
      <p>
        Your plan ends immediately, you will not be charged again, and all your data is deleted.
        This cannot be undone. Save any invoices you still need first.
      </p>
      <form action={removeAccount} className="form">
        <Field
          label="Type your e-mail address to confirm"
          name="confirm"
          type="email"
          autoComplete="off"
          required
          hint={email}
        />
        <SubmitButton pendingText="Deleting your account" variant="secondary">
          Delete account
        </SubmitButton>
      </form>
    </>
  );
}
