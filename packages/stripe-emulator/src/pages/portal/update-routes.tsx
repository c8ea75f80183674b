import type { FC } from 'hono/jsx';
import { invalidRequest, StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { AuthenticationPage } from '../shared/authentication-page';
import { needsAuthentication } from '../shared/needs-authentication';
import { type PostedForm, readForm } from '../shared/posted-form';
import { NOT_AUTHENTICATED } from '../shared/wording';
import { changePlan } from './change-plan';
import { previewChange } from './change-preview';
import { isPutOff } from './change-timing';
import { ConfirmPage, readConfirm } from './confirm-page';
import { finish } from './flow';
import { type ChangeQuery, type PlanChange, readChange } from './plan-change';
import type { PortalApp, PortalRequest } from './portal-app';
import { periodEnd } from './subscriptions';
import { UpdatePage } from './update-page';
import { readUpdate } from './update-view';
import type { Visit } from './visit';

/** Choosing another plan, quantity or code, seeing what it costs, and confirming it. */
export function mountUpdate(app: PortalApp, emulator: StripeEmulator): void {
  app.get('/subscriptions/:subscription/update', (c) => {
    const { visit } = c.var;
    const id = c.req.param('subscription');
    const view = emulator.run(visit.world, (ctx) => readUpdate(ctx, visit, id, c.req.query()));
    return c.html(<UpdatePage {...view} />);
  });

  app.get('/subscriptions/:subscription/confirm', (c) => {
    const { visit } = c.var;
    const { price, quantity, code } = c.req.query();
    const query = { price, quantity, code };
    const id = c.req.param('subscription');
    const change = emulator.run(visit.world, (ctx) => readChange(ctx, visit, id, query));
    if (typeof change === 'string') return chooseAgain(c, emulator, id, query, change);
    try {
      return c.html(confirmation(emulator, visit, change, query));
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return chooseAgain(c, emulator, id, query, error.message);
    }
  });

  app.post('/subscriptions/:subscription/confirm', async (c) => {
    const { visit } = c.var;
    const form = await readForm(c);
    const [price, quantity, code] = [form.text('price'), form.text('quantity'), form.text('code')];
    const query = { price: price || undefined, quantity, code };
    const id = c.req.param('subscription');
    const change = emulator.run(visit.world, (ctx) => readChange(ctx, visit, id, query));
    if (typeof change === 'string') return chooseAgain(c, emulator, id, query, change);
    try {
      const shown = Number(form.text('proration_date'));
      const date = isWithinPeriod(change, visit, shown) ? shown : visit.now;
      const answer = form.text('authentication');
      if (answer === 'fail') {
        return c.html(confirmation(emulator, visit, change, query, NOT_AUTHENTICATED), 402);
      }
      const done = changePlan(emulator, visit, change, date, answer === 'complete');
      return finish(c, emulator, visit, done);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      if (needsAuthentication(error)) {
        return c.html(<Authentication visit={visit} path={c.req.path} query={query} form={form} />);
      }
      return c.html(confirmation(emulator, visit, change, query, error.message), 402);
    }
  });
}

function confirmation(
  emulator: StripeEmulator,
  visit: Visit,
  change: PlanChange,
  query: ChangeQuery,
  problem?: string,
) {
  const [view, isLater] = emulator.run(visit.world, (ctx) => [
    readConfirm(ctx, visit, change),
    isPutOff(ctx, visit, change),
  ]);
  return (
    <ConfirmPage
      {...view}
      visit={visit}
      path={`${visit.base}/subscriptions/${change.subscription.id}`}
      query={query}
      problem={problem}
      prorationDate={visit.now}
      putOffTo={isLater ? periodEnd(change.subscription) : null}
      preview={isLater ? null : previewChange(emulator, visit, change, visit.now)}
    />
  );
}

/** Back to the choice with what is wrong with it; a flow that begins at the end has none. */
function chooseAgain(
  c: PortalRequest,
  emulator: StripeEmulator,
  id: string,
  query: ChangeQuery,
  problem: string,
) {
  const { visit } = c.var;
  if (visit.flow?.type === 'subscription_update_confirm') throw invalidRequest(problem);
  const view = emulator.run(visit.world, (ctx) => readUpdate(ctx, visit, id, query));
  return c.html(<UpdatePage {...view} problem={problem} />, 422);
}

/** What was previewed a while ago is still charged as it was shown, within the hour. */
function isWithinPeriod({ item }: PlanChange, visit: Visit, time: number): boolean {
  return (
    Number.isInteger(time) &&
    time <= visit.now &&
    time > visit.now - 3600 &&
    time >= item.current_period_start
  );
}

const Authentication: FC<{ visit: Visit; path: string; query: ChangeQuery; form: PostedForm }> = ({
  visit,
  path,
  query,
  form,
}) => (
  <AuthenticationPage
    action={path}
    purpose={`a payment to ${visit.business}`}
    carried={{
      price: query.price ?? '',
      quantity: query.quantity ?? '',
      code: query.code ?? '',
      proration_date: form.text('proration_date'),
    }}
  />
);
