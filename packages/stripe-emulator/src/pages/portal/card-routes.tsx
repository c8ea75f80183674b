import type { Context as Request } from 'hono';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { AuthenticationPage } from '../shared/authentication-page';
import { keptOf, parseCard } from '../shared/card-input';
import { createMethod } from '../shared/create-method';
import { type PostedForm, readForm } from '../shared/posted-form';
import { methodTitle } from '../shared/wording';
import { AddCardPage } from './add-card-page';
import {
  answerAuthentication,
  makeDefault,
  ownMethod,
  removeMethod,
  requireMethodUpdate,
  setUpMethod,
} from './cards';
import { finish } from './flow';
import type { PortalApp } from './portal-app';
import { RemoveCardPage } from './remove-card-page';
import type { Visit } from './visit';

/** Adding a card, making one the default, removing one. */
export function mountCards(app: PortalApp, emulator: StripeEmulator): void {
  app.get('/payment-methods/add', (c) => {
    requireMethodUpdate(c.var.visit);
    return c.html(<AddCardPage visit={c.var.visit} />);
  });
  app.post('/payment-methods/add', async (c) => {
    requireMethodUpdate(c.var.visit);
    return add(c, emulator, c.var.visit, await readForm(c));
  });
  app.post('/payment-methods/authenticate/:intent', async (c) => {
    requireMethodUpdate(c.var.visit);
    return authenticate(c, emulator, c.var.visit, await readForm(c));
  });

  app.post('/payment-methods/:method/default', (c) => {
    makeDefault(emulator, c.var.visit, c.req.param('method'));
    return finish(c, emulator, c.var.visit, 'card_default');
  });
  app.get('/payment-methods/:method/remove', (c) => {
    const { visit } = c.var;
    const method = emulator.run(visit.world, (ctx) => ownMethod(ctx, visit, c.req.param('method')));
    return c.html(<RemoveCardPage visit={visit} id={method.id} title={methodTitle(method)} />);
  });
  app.post('/payment-methods/:method/remove', (c) => {
    removeMethod(emulator, c.var.visit, c.req.param('method'));
    return finish(c, emulator, c.var.visit, 'card_removed');
  });
}

function add(c: Request, emulator: StripeEmulator, visit: Visit, form: PostedForm) {
  const kept = keptOf(form);
  const typed = parseCard(form, visit.now);
  if ('errors' in typed) {
    return c.html(<AddCardPage visit={visit} errors={typed.errors} kept={kept} />, 402);
  }
  try {
    const method = createMethod(emulator, visit.world, typed.card, visit.customer.email);
    const setup = setUpMethod(emulator, visit, method);
    const isDefault = visit.flow !== null || form.has('default');
    if (setup.status === 'requires_action') {
      return c.html(
        <AuthenticationPage
          action={`${visit.base}/payment-methods/authenticate/${setup.id}`}
          purpose={`future payments to ${visit.business}`}
          carried={isDefault ? { default: 'yes' } : {}}
        />,
      );
    }
    if (isDefault) makeDefault(emulator, visit, method);
    return finish(c, emulator, visit, 'card_added');
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return c.html(<AddCardPage visit={visit} problem={error.message} kept={kept} />, 402);
  }
}

function authenticate(c: Request, emulator: StripeEmulator, visit: Visit, form: PostedForm) {
  const succeeded = form.text('authentication') === 'complete';
  try {
    const method = answerAuthentication(emulator, visit, c.req.param('intent') ?? '', succeeded);
    if (form.has('default')) makeDefault(emulator, visit, method);
    return finish(c, emulator, visit, 'card_added');
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return c.html(<AddCardPage visit={visit} problem={error.message} />, 402);
  }
}
