import { array, id, integer, object, oneOf, required, string, timestamp } from '../core/params';
import { url } from './fields';
import { portalLocale } from './locales';

const subscription = required(id());

const flowData = object({
  after_completion: object({
    hosted_confirmation: object({ custom_message: string({ max: 500 }) }),
    redirect: object({ return_url: required(url()) }),
    type: required(oneOf(['hosted_confirmation', 'portal_homepage', 'redirect'])),
  }),
  subscription_cancel: object({
    retention: object({
      coupon_offer: required(object({ coupon: required(id()) })),
      type: required(oneOf(['coupon_offer'])),
    }),
    subscription,
  }),
  subscription_pause: object({ subscription }),
  subscription_update: object({ subscription }),
  subscription_update_confirm: object({
    discounts: array(object({ coupon: id(), promotion_code: id() }), { max: 1 }),
    items: required(
      array(object({ id: required(id()), price: id(), quantity: integer({ min: 0 }) }), { max: 1 }),
    ),
    subscription,
  }),
  type: required(
    oneOf([
      'customer_update',
      'payment_method_update',
      'subscription_cancel',
      'subscription_pause',
      'subscription_update',
      'subscription_update_confirm',
    ]),
  ),
});

/** What `POST /v1/billing_portal/sessions` takes. */
export const portalSessionParams = {
  after_expiration: object({
    customer_login: object({ expires_at: timestamp() }),
    type: required(oneOf(['customer_login'])),
  }),
  configuration: id(),
  customer: id(),
  customer_account: id(),
  flow_data: flowData,
  locale: portalLocale(),
  on_behalf_of: id(),
  return_url: url(),
};
