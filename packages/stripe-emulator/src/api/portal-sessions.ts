import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { exclusive, type FieldOutputs, missingParam } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { portalUrl } from '../engine/hosted-links';
import { forgetOldSessions } from '../engine/portal-session-life';
import { customerAccountOf } from './customer-account';
import { portalFlow } from './portal-flow';
import { portalSessionParams } from './portal-session-params';

type Params = FieldOutputs<typeof portalSessionParams>;
type Configuration = Stored<'billing_portal.configuration'>;

export const portalSessions: Resource = {
  routes: [
    route(
      'POST /v1/billing_portal/sessions',
      { right: 'customer_portal', params: portalSessionParams },
      create,
    ),
  ],
  expansions: { 'billing_portal.session': { configuration: 'billing_portal.configuration' } },
};

function create(ctx: Context, params: Params): Stored<'billing_portal.session'> {
  exclusive(params, 'customer', 'customer_account');
  const customer = customerAccountOf(ctx, params);
  if (!customer) throw missingParam('customer');
  if (params.on_behalf_of) refuseUnknownAccount(ctx, params.on_behalf_of);
  const configuration = configurationOf(ctx, params.configuration);
  const returnUrl = params.return_url ?? configuration.default_return_url;
  if (!returnUrl) {
    throw invalidRequest(
      'You must provide a `return_url` when creating a session, or set a `default_return_url` in the portal configuration.',
      'return_url',
    );
  }
  forgetOldSessions(ctx);
  const id = newId('bps');
  return ctx.insert(
    'billing_portal.session',
    {
      id,
      object: 'billing_portal.session',
      after_expiration: params.after_expiration
        ? {
            customer_login: {
              expires_at: params.after_expiration.customer_login?.expires_at ?? null,
            },
            type: params.after_expiration.type,
          }
        : null,
      configuration: configuration.id,
      created: ctx.now,
      customer: customer.id,
      customer_account: customer.customer_account ?? null,
      flow: params.flow_data ? portalFlow(ctx, customer, configuration, params.flow_data) : null,
      livemode: ctx.livemode,
      locale: params.locale ?? null,
      on_behalf_of: params.on_behalf_of ?? null,
      return_url: returnUrl,
      url: portalUrl(ctx, id),
    },
    'billing_portal.session.created',
  );
}

function configurationOf(ctx: Context, id: string | undefined): Configuration {
  if (id !== undefined) {
    const configuration = ctx.get('billing_portal.configuration', id, 'configuration');
    if (configuration.active) return configuration;
    throw invalidRequest(
      `The portal configuration ${id} is not active and cannot be used to create a session.`,
      'configuration',
    );
  }
  for (const configuration of ctx.world['billing_portal.configuration'].walk()) {
    if (configuration.is_default && configuration.active) return configuration;
  }
  throw invalidRequest(
    `No configuration provided and your ${ctx.mode} mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in ${ctx.mode} mode at https://dashboard.stripe.com/${ctx.livemode ? '' : 'test/'}settings/billing/portal.`,
  );
}

function refuseUnknownAccount(ctx: Context, account: string): void {
  if (ctx.find('account', account)) return;
  throw invalidRequest(`No such account: '${account}'`, 'on_behalf_of', 'resource_missing');
}
