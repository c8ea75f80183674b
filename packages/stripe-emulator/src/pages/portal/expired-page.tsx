import type { FC } from 'hono/jsx';
import { Field } from '../shared/field';
import { SinglePage } from '../shared/hosted-page';

interface ExpiredPageProps {
  returnUrl: string | null;
  /** Where an email address brings a new session; absent when there is no way back in. */
  recovery?: { action: string; email?: string; error?: string };
}

export const ExpiredPage: FC<ExpiredPageProps> = ({ returnUrl, recovery }) => (
  <SinglePage title="This link has expired">
    <h1>This link has expired</h1>
    {recovery ? (
      <>
        <p>
          For your security, billing links are short-lived. Enter the email address on your billing
          account to go on.
        </p>
        <form class="stack" method="post" action={recovery.action}>
          <Field
            label="Email"
            name="email"
            type="email"
            autocomplete="email"
            required
            value={recovery.email}
            error={recovery.error}
            hint="The emulator takes it as verified when it is right."
          />
          <div class="actions">
            <button class="button primary" type="submit">
              Continue
            </button>
          </div>
        </form>
      </>
    ) : (
      <p>
        For your security, billing links are short-lived. Go back and open billing again; nothing
        was changed.
      </p>
    )}
    {returnUrl && (
      <p>
        <a href={returnUrl}>Go back</a>
      </p>
    )}
  </SinglePage>
);
