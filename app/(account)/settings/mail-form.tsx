import { SubmitButton } from '@/components/ui/submit-button';
import { saveMailChoice } from './actions';

/** Which e-mails the user wants. Those about money are always sent. */
export function MailForm({ wantsTips }: { wantsTips: boolean }) {
  return (
    <form action={saveMailChoice} className="form">
      <label>
        <input type="checkbox" name="tips" defaultChecked={wantsTips} /> Welcome me to a plan, and
        tell me when a limit is reached
      </label>
      <p className="soft small">E-mails about payments and your plan are always sent.</p>
      <SubmitButton pendingText="Saving">Update e-mail choice</SubmitButton>
    </form>
  );
}
