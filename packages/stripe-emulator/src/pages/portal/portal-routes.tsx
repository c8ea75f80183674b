import { Hono, type Context as Request } from 'hono';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { noteUse } from '../../engine/portal-session-life';
import { readForm } from '../shared/posted-form';
import { ProblemPage } from '../shared/problem-page';
import { mountCards } from './card-routes';
import { mountDetails } from './details-routes';
import { DonePage } from './done-page';
import { ExpiredPage } from './expired-page';
import { flowStart, isOver, isWithinFlow } from './flow';
import { HomePage, readHome } from './home';
import type { PortalApp } from './portal-app';
import { canRecover, recover } from './recover';
import { mountSubscriptions } from './subscription-routes';
import { mountUpdate } from './update-routes';
import { findVisit } from './visit';

/** The billing portal at a session's `url`. The token in it is the only credential. */
export function mountPortal(app: Hono, emulator: StripeEmulator): void {
  const portal: PortalApp = new Hono();

  portal.post('/recover', (c) => answerRecovery(c, emulator));

  portal.use(async (c, next) => {
    const found = findVisit(emulator, c, c.req.param('token') ?? '');
    if (found.kind === 'unknown') return c.html(<UnknownPage />, 404);
    if (found.kind === 'expired') return expired(c, emulator);
    const { visit } = found;
    emulator.run(visit.world, (ctx) => noteUse(ctx, visit.session));
    c.set('visit', visit);
    const path = c.req.path.slice(visit.base.length).replace(/\/$/, '');
    if (isOver(visit) && path !== '/done') return c.redirect(`${visit.base}/done`, 303);
    if (!isWithinFlow(visit, path)) return c.redirect(`${visit.base}${flowStart(visit)}`, 303);
    return next();
  });

  portal.get('/', (c) => {
    const { visit } = c.var;
    const query = { done: c.req.query('done'), all: c.req.query('invoices') === 'all' };
    return c.html(
      <HomePage {...emulator.run(visit.world, (ctx) => readHome(ctx, visit, query))} />,
    );
  });
  portal.get('/done', (c) => c.html(<DonePage visit={c.var.visit} />));
  mountSubscriptions(portal, emulator);
  mountUpdate(portal, emulator);
  mountCards(portal, emulator);
  mountDetails(portal, emulator);

  portal.all('*', (c) => c.html(<UnknownPage />, 404));
  portal.onError((error, c) => {
    if (!(error instanceof StripeError)) throw error;
    const { visit } = c.var;
    const back = visit.flow ? (visit.session.return_url ?? undefined) : visit.base;
    return c.html(
      <ProblemPage title="This did not work" back={back}>
        {error.message}
      </ProblemPage>,
      error.status === 404 ? 404 : 400,
    );
  });
  app.route('/p/session/:token', portal);
}

function UnknownPage() {
  return (
    <ProblemPage title="This page could not be found">
      The link is not one of ours, or not quite right. Go back and open billing again.
    </ProblemPage>
  );
}

function expired(c: Request, emulator: StripeEmulator, email?: string, error?: string) {
  const token = c.req.param('token') ?? '';
  const found = findVisit(emulator, c, token);
  if (found.kind !== 'expired') return c.redirect(`/p/session/${token}`, 303);
  const { session } = found;
  const recovery = canRecover(emulator, session)
    ? { action: `/p/session/${token}/recover`, email, error }
    : undefined;
  return c.html(<ExpiredPage returnUrl={session.return_url} recovery={recovery} />, 410);
}

async function answerRecovery(c: Request, emulator: StripeEmulator) {
  const found = findVisit(emulator, c, c.req.param('token') ?? '');
  const email = (await readForm(c)).text('email');
  if (found.kind !== 'expired') return expired(c, emulator);
  const url = recover(emulator, found.world, found.session, email);
  if (url) return c.redirect(url, 303);
  return expired(c, emulator, email, 'This is not the address of this billing account.');
}
