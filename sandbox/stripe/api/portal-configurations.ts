import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { paging } from '../core/list';
import { type MetadataChange, mergeMetadata, metadata } from '../core/metadata';
import { boolean, type FieldOutputs, object, required, string, unsettable } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { url } from './fields';
import {
  createFeatures,
  type FeatureChanges,
  type Features,
  mergeFeatures,
  NO_FEATURES,
  updateFeatures,
} from './portal-features';
import { checkPortalProducts } from './portal-products';

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

const right = 'customer_portal';

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
      updateConfiguration,
    ),
  ],
  expansions: {
    'billing_portal.configuration': {
      'features.subscription_update.products': (ctx, configurationId) =>
        ctx.find('_portal_products', configurationId)?.products ?? null,
    },
  },
};
