import type { FC } from 'hono/jsx';
import type { Stored } from '../../core/tables';
import { SinglePage } from '../shared/hosted-page';

/** For a session that is completed, expired, or never was. */
export const CheckoutOverPage: FC<{ session: Stored<'checkout.session'> | undefined }> = ({
  session,
}) => {
  const [title, text] = wordsFor(session?.status);
  return (
    <SinglePage title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      {session?.status !== 'complete' && session?.cancel_url && (
        <p>
          <a href={session.cancel_url}>Go back</a>
        </p>
      )}
    </SinglePage>
  );
};

function wordsFor(status: string | null | undefined): [title: string, text: string] {
  if (status === 'complete') {
    return [
      'You’re all done here',
      'This checkout has been completed. Nothing more is to be paid.',
    ];
  }
  if (status === undefined) {
    return [
      'Something went wrong',
      'The page you were looking for could not be found. Check the link.',
    ];
  }
  return [
    'This checkout has expired',
    'The link is no longer good, and nothing was charged. Go back to start again.',
  ];
}
