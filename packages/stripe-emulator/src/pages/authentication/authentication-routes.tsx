import type { Hono, Context as Request } from 'hono';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { AuthenticationPage } from '../shared/authentication-page';
import { formatsFor, localeOf } from '../shared/formats';
import { SinglePage } from '../shared/hosted-page';
import { readForm } from '../shared/posted-form';
import { ProblemPage } from '../shared/problem-page';
import { answer, findWaiting, type Waiting } from './waiting-intent';

/**
 * Where `next_action` sends the holder of a card: the page of their bank. The answer is posted as
 * `authentication=complete` or `fail`, and leads back to the `return_url`.
 */
export function mountAuthentication(app: Hono, emulator: StripeEmulator): void {
  app.get('/a/:token', (c) => {
    const waiting = findWaiting(emulator, c.req.param('token'));
    if (!waiting) return unknown(c);
    if (waiting.intent.status !== 'requires_action') return over(c, waiting);
    return c.html(
      <AuthenticationPage action={`/a/${c.req.param('token')}`} purpose={purposeOf(c, waiting)} />,
    );
  });
  app.post('/a/:token', async (c) => {
    const waiting = findWaiting(emulator, c.req.param('token'));
    if (!waiting) return unknown(c);
    if (waiting.intent.status !== 'requires_action') return over(c, waiting);
    const form = await readForm(c);
    try {
      answer(emulator, waiting, form.text('authentication') === 'complete');
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
    }
    return leave(c, findWaiting(emulator, c.req.param('token')) ?? waiting, returnUrlOf(waiting));
  });
}

/** Back to whoever sent the holder here, who learns from the address how it went. */
function leave(c: Request, waiting: Waiting, returnUrl: string | null) {
  if (returnUrl === null) return over(c, waiting);
  const { intent } = waiting;
  const back = new URL(returnUrl);
  back.searchParams.set(intent.object, intent.id);
  back.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '');
  back.searchParams.set('redirect_status', isDone(waiting) ? 'succeeded' : 'failed');
  return c.redirect(back.href, 303);
}

function over(c: Request, waiting: Waiting) {
  const title = isDone(waiting) ? 'Authentication complete' : 'Nothing to authenticate';
  return c.html(
    <SinglePage title={title}>
      <h1>{title}</h1>
      <p>
        {isDone(waiting)
          ? 'Your bank has confirmed it. You can close this page.'
          : 'The payment method was refused, or nothing waits for you any more.'}
      </p>
    </SinglePage>,
  );
}

function isDone({ intent }: Waiting): boolean {
  return intent.status === 'succeeded' || intent.status === 'requires_capture';
}

function returnUrlOf({ intent }: Waiting): string | null {
  return intent.next_action?.redirect_to_url?.return_url ?? null;
}

function purposeOf(c: Request, { business, intent }: Waiting): string {
  if (intent.object === 'setup_intent') return `future payments to ${business}`;
  const { money } = formatsFor(localeOf(null, [], c.req.header('accept-language')));
  return `a payment of ${money(intent.amount, intent.currency)} to ${business}`;
}

function unknown(c: Request) {
  return c.html(
    <ProblemPage title="This page could not be found">
      The link is not one of ours, or not quite right.
    </ProblemPage>,
    404,
  );
}
