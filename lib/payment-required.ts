import { type Feature, features, type Limit, limits, type Plan } from './billing/plans';

/** What a request to an API asked for and its user's plan does not give. */
type Lacking = { feature: Feature } | { limit: Limit };

/**
 * The answer of an API to somebody whose plan is not enough: 402 with a problem document (RFC 9457),
 * which names what is lacking and the plan that has it.
 *
 * @param lacking.plan the cheapest plan that is enough, if any
 */
export function paymentRequired({ plan, ...lacking }: Lacking & { plan?: Plan }): Response {
  const cause =
    'feature' in lacking
      ? `Your plan does not include ${features[lacking.feature]}.`
      : `Your plan allows no more ${limits[lacking.limit].many}.`;
  const body = {
    type: 'about:blank',
    title: 'Payment Required',
    status: 402,
    detail: plan ? `${cause} The ${plan.title} plan does.` : cause,
    ...lacking,
    plan: plan?.name ?? null,
  };
  return Response.json(body, {
    status: 402,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
