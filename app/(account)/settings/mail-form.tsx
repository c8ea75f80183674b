import { SubmitButton } from '@/components/ui/submit-button';
import { words } from '@/lib/reader';
import { saveMailChoice } from './actions';

/** Which e-mails the user wants. Those about money are always sent. */
export async function MailForm({ wantsTips }: { wantsTips: boolean }) {
  const t = (await words()).settings;
  return (
    <form action={saveMailChoice} className="form">
      <label>
        <input type="checkbox" name="tips" defaultChecked={wantsTips} /> {t.wantsTips}
      </label>
      <p className="soft small">{t.alwaysSent}</p>
      <SubmitButton pendingText={t.saving} variant="secondary">
        {t.updateEmails}
      </SubmitButton>
    </form>
  );
}
