import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { boolean, type FieldOutputs, object, required, string, unsettable } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { url } from './fields';
import { createFeatures, type FeatureChanges, updateFeatures } from './portal-feature-params';
import { mergeFeatures, NO_FEATURES } from './portal-features';
import { checkPortalProducts } from './portal-products';

const right = 'customer_portal';

const fields = {
  business_profile: object({
    headline: unsettable(string({ max: 60 })),
    privacy_policy_url: unsettable(url()),
    terms_of_service_url: unsettable(url()),
  }),
  default_return_url: unsettable(url()),
  login_page: object({ enabled: required(boolean()) }),
  metadata: metadata(),
  name: unsettable(string()),
};

type Changes = FieldOutputs<typeof fields>;
type Configuration = Stored<'billing_portal.configuration'>;

export const portalConfigurations: Resource = {
  routes: [
    route(
      'POST /v1/billing_portal/configurations',
      { right, params: { ...fields, features: required(createFeatures) } },
      (ctx, params) => createConfiguration(ctx, params, params.features),
    ),
    route(
      'GET /v1/billing_portal/configurations',
      { right, params: { ...paging, active: boolean(), is_default: boolean() } },
      (ctx, params) =>
        ctx.list('billing_portal.configuration', params, '/v1/billing_portal/configurations', {
          where: (configuration) =>
            (params.active === undefined || configuration.active === params.active) &&
            (params.is_default === undefined || configuration.is_default === params.is_default),
        }),
    ),
    route(
      'GET /v1/billing_portal/configurations/:configuration',
      { right, params: {} },
      (ctx, _params, path) => ctx.get('billing_portal.configuration', path.configuration),
    ),
    route(
      'POST /v1/billing_portal/configurations/:configuration',
      { right, params: { ...fields, active: boolean(), features: updateFeatures } },
      (ctx, params, path) => updateConfiguration(ctx, path.configuration, params),
    ),
  ],
  expansions: {
    'billing_portal.configuration': {
      'features.subscription_update.products': (ctx, id) =>
        ctx.find('billing_portal.configuration', id)?.features.subscription_update.products,
    },
  },
};

/**
 * What saving the portal's settings in the Dashboard does: makes the configuration that sessions use
 * which name none. Cancelling, invoices and payment methods are on; once saved it is left as it is.
 */
export function saveDefaultConfiguration(ctx: Context): Configuration {
  for (const known of ctx.world['billing_portal.configuration'].walk()) {
    if (known.is_default) return known;
  }
  const defaults: FeatureChanges = {
    customer_update: { allowed_updates: ['email', 'address', 'phone', 'tax_id'], enabled: true },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true },
  };
  return createConfiguration(ctx, {}, defaults, true);
}

function createConfiguration(
  ctx: Context,
  params: Changes,
  features: FeatureChanges,
  isDefault = false,
): Configuration {
  const blank: Configuration = {
    id: newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: ctx.now,
    default_return_url: null,
    features: NO_FEATURES,
    is_default: isDefault,
    livemode: ctx.livemode,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: ctx.now,
  };
  return ctx.insert(
    'billing_portal.configuration',
    { ...blank, ...changesOf(ctx, blank, params, features) },
    'billing_portal.configuration.created',
  );
}

function updateConfiguration(
  ctx: Context,
  id: string,
  params: Changes & { active?: boolean; features?: FeatureChanges },
): Configuration {
  const configuration = ctx.get('billing_portal.configuration', id);
  const { active, features } = params;
  if (active === false && configuration.is_default) {
    throw invalidRequest('The default configuration cannot be deactivated.', 'active');
  }
  if (active === false && (params.login_page?.enabled ?? configuration.login_page.enabled)) {
    throw invalidRequest(
      'A configuration with an active login page cannot be deactivated.',
      'active',
    );
  }
  return ctx.update(
    'billing_portal.configuration',
    id,
    {
      ...changesOf(ctx, configuration, params, features),
      ...(active !== undefined && { active }),
      updated: ctx.now,
    },
    'billing_portal.configuration.updated',
  );
}

function changesOf(
  ctx: Context,
  configuration: Configuration,
  params: Changes,
  features: FeatureChanges | undefined,
): Partial<Configuration> {
  const { business_profile, default_return_url, login_page, name } = params;
  const merged = features && mergeFeatures(configuration.features, features);
  if (features?.subscription_update?.products) {
    const products = merged?.subscription_update.products ?? [];
    checkPortalProducts(ctx, products, 'features[subscription_update][products]');
  }
  return {
    ...(business_profile && {
      business_profile: { ...configuration.business_profile, ...business_profile },
    }),
    ...(default_return_url !== undefined && { default_return_url }),
    ...(merged && { features: merged }),
    ...(login_page && { login_page: loginPage(ctx, configuration, login_page.enabled) }),
    ...(name !== undefined && { name }),
    metadata: mergeMetadata(configuration.metadata ?? {}, params.metadata),
  };
}

/** A login page's address stays the same while it is enabled. */
function loginPage(
  ctx: Context,
  configuration: Configuration,
  enabled: boolean,
): Configuration['login_page'] {
  if (!enabled) return { enabled, url: null };
  const token = `${ctx.mode}_${randomText(18)}`;
  return { enabled, url: configuration.login_page.url ?? `${ctx.origin}/p/login/${token}` };
}
