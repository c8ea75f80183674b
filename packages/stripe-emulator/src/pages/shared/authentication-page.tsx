import type { FC } from 'hono/jsx';
import { SinglePage } from './hosted-page';

interface AuthenticationPageProps {
  action: string;
  /** What is to be confirmed, such as `a payment of $12.00 to Keel`. */
  purpose: string;
  /** What was filled in before and goes on with the answer; never a card number. */
  carried?: Record<string, string>;
}

/** Stands in for the page of the card holder's bank. */
export const AuthenticationPage: FC<AuthenticationPageProps> = ({
  action,
  purpose,
  carried = {},
}) => (
  <SinglePage title="Authentication">
    <h1>3D Secure authentication</h1>
    <p>
      Here the bank would ask the holder of the card to confirm {purpose}. This page stands in for
      it: choose what happens.
    </p>
    <form class="actions" method="post" action={action}>
      {Object.entries(carried).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class="button primary" type="submit" name="authentication" value="complete">
        Complete authentication
      </button>
      <button class="button" type="submit" name="authentication" value="fail">
        Fail authentication
      </button>
    </form>
  </SinglePage>
);
