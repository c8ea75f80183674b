import type { Hono, Context as Request } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import type { Mode } from '../../core/context';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { Field } from '../shared/field';
import { SinglePage } from '../shared/hosted-page';
import { readForm } from '../shared/posted-form';
import { ProblemPage } from '../shared/problem-page';

type Configuration = Stored<'billing_portal.configuration'>;

const sessionShape = z.object({ url: z.string() });
const NOBODY = 'No customer here has this address.';

/** A configuration's shareable login page: an email address leads to a portal session. */
export function mountLogin(app: Hono, emulator: StripeEmulator): void {
  app.get('/p/login/:token', (c) => {
    const found = findConfiguration(emulator, c);
    return found ? c.html(<LoginPage configuration={found.configuration} />) : unknown(c);
  });
  app.post('/p/login/:token', async (c) => {
    const found = findConfiguration(emulator, c);
    if (!found) return unknown(c);
    const { configuration, mode } = found;
    const email = (await readForm(c)).text('email');
    const customer = emulator.run(mode, (ctx) => {
      for (const known of ctx.by('customer', 'email', email)) return known;
      return undefined;
    });
    if (!customer || email === '') {
      return c.html(<LoginPage configuration={configuration} email={email} error={NOBODY} />, 422);
    }
    const reply = emulator.call(mode, 'POST', '/v1/billing_portal/sessions', {
      customer: customer.id,
      configuration: configuration.id,
      return_url: configuration.default_return_url ?? configuration.login_page.url,
    });
    return c.redirect(sessionShape.parse(reply).url, 303);
  });
}

const LoginPage: FC<{ configuration: Configuration; email?: string; error?: string }> = ({
  configuration,
  email,
  error,
}) => (
  <SinglePage title="Billing">
    <h1>{configuration.business_profile.headline ?? 'Manage your billing'}</h1>
    <form class="stack" method="post" action={configuration.login_page.url ?? ''}>
      <Field
        label="Email"
        name="email"
        type="email"
        autocomplete="email"
        required
        value={email}
        error={error}
        hint="The emulator takes it as verified when a customer has it."
      />
      <div class="actions">
        <button class="button primary" type="submit">
          Continue
        </button>
      </div>
    </form>
  </SinglePage>
);

function findConfiguration(
  emulator: StripeEmulator,
  c: Request,
): { mode: Mode; configuration: Configuration } | undefined {
  const path = `/p/login/${c.req.param('token')}`;
  for (const mode of ['test', 'live'] as const) {
    const configurations = emulator.core.context(mode).world['billing_portal.configuration'];
    for (const configuration of configurations.walk()) {
      const { enabled, url } = configuration.login_page;
      if (enabled && configuration.active && url?.endsWith(path)) return { mode, configuration };
    }
  }
  return undefined;
}

function unknown(c: Request) {
  return c.html(
    <ProblemPage title="This page could not be found">
      The login page is switched off, or the link is not quite right.
    </ProblemPage>,
    404,
  );
}
