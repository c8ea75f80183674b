import type { Context } from '../core/context';
import { type FieldOutputs, missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import { refuseImpossibleFlow } from './portal-flow-checks';
import type { portalSessionParams } from './portal-session-params';

type Configuration = Stored<'billing_portal.configuration'>;
type Flow = NonNullable<Stored<'billing_portal.session'>['flow']>;
type FlowData = NonNullable<FieldOutputs<typeof portalSessionParams>['flow_data']>;

/**
 * The flow a session is made for, checked against the configuration and the subscription's state.
 *
 * @throws StripeError as Stripe refuses a flow that could not be completed
 */
export function portalFlow(
  ctx: Context,
  customer: Stored<'customer'>,
  configuration: Configuration,
  data: FlowData,
): Flow {
  refuseImpossibleFlow(ctx, customer, configuration, data);
  const confirm = data.subscription_update_confirm;
  return {
    after_completion: afterCompletion(data),
    customer_update: data.type === 'customer_update' ? {} : null,
    subscription_cancel: data.subscription_cancel
      ? {
          retention: data.subscription_cancel.retention ?? null,
          subscription: data.subscription_cancel.subscription,
        }
      : null,
    subscription_pause: data.subscription_pause ?? null,
    subscription_update: data.subscription_update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts:
            confirm.discounts?.map((discount) => ({
              coupon: discount.coupon ?? null,
              promotion_code: discount.promotion_code ?? null,
            })) ?? null,
          items: confirm.items.map((item) => ({
            id: item.id,
            price: item.price ?? null,
            ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: data.type,
  };
}

function afterCompletion(data: FlowData): Flow['after_completion'] {
  const given = data.after_completion;
  const type = given?.type ?? 'portal_homepage';
  if (type === 'redirect' && !given?.redirect) {
    throw missingParam('flow_data[after_completion][redirect]');
  }
  return {
    hosted_confirmation:
      type === 'hosted_confirmation'
        ? { custom_message: given?.hosted_confirmation?.custom_message ?? null }
        : null,
    redirect: type === 'redirect' ? (given?.redirect ?? null) : null,
    type,
  };
}
