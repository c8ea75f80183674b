import { type Feature, features, type Limit, limits, type Plan } from './billing/plans';
import { problemDocument } from './problem-document';

/** What a request to an API asked for and its user's plan does not give. */
type Lacking = { feature: Feature } | { limit: Limit };

/**
 * The answer of an API to somebody whose plan is not enough: 402 with a problem document, which names
 * what is lacking and the plan that has it.
 *
 * @param lacking.plan the cheapest plan that is enough, if any
 */
export function paymentRequired(lacking: Lacking & { plan?: Plan }): Response {
  const { plan } = lacking;
  const [cause, named] =
    'feature' in lacking
      ? [`Your plan does not include ${features[lacking.feature]}.`, { feature: lacking.feature }]
      : [`Your plan allows no more ${limits[lacking.limit].many}.`, { limit: lacking.limit }];
  return problemDocument(402, plan ? `${cause} The ${plan.title} plan does.` : cause, {
    members: { ...named, plan: plan?.name ?? null },
  });
}
