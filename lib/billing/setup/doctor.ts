import Stripe from 'stripe';
import { env } from '../../env';
import { type Finding, ok, problem, skipped } from '../../finding';
import { isLoopback } from '../../loopback';
import { dashboardUrl, isLivemode, mode, stripe } from '../stripe';
import { explainFailure, NotStripeError } from './explain-failure';
import { missingRights, newKeyUrl } from './key-rights';
import { CatalogueError } from './lost-plans';
import { diffCatalogue } from './push';
import { examineDeliveries, examineEndpoint } from './webhook-doctor';

/** Why a check of Stripe cannot be made; undefined when it can. */
export type Blocked = { catalogue?: string; webhook?: string };

/**
 * Everything at Stripe that the app depends on: the key and its rights, the clock, the catalogue with
 * the portal's configurations, the webhook endpoint and what became of recent events. Reads only.
 */
export async function examineStripe(blocked: Blocked): Promise<Finding[]> {
  const { finding, skew } = await examineKey();
  if (finding.state !== 'ok') {
    const reason = 'Stripe does not answer with this key';
    return [finding, ...rest.map((check) => skipped(check, reason))];
  }
  const findings = await Promise.all([
    attempt('key rights', examineRights),
    skew !== undefined
      ? examineClock(skew)
      : skipped('clock', 'Stripe did not say what time it is'),
    blocked.catalogue
      ? skipped('catalogue', blocked.catalogue)
      : attempt('catalogue', examineCatalogue),
    blocked.webhook
      ? skipped('webhook endpoint', blocked.webhook)
      : attempt('webhook endpoint', examineEndpoint),
    attempt('webhook deliveries', () => examineDeliveries(!blocked.catalogue)),
  ]);
  return [finding, ...findings];
}

/** The checks that need Stripe to answer: what is skipped when it does not. */
export const rest = [
  'key rights',
  'clock',
  'catalogue',
  'webhook endpoint',
  'webhook deliveries',
] as const;

/** A check that fails to run is a finding too, and stops no other check. */
async function attempt(check: string, examine: () => Promise<Finding>): Promise<Finding> {
  try {
    return await examine();
  } catch (error) {
    if (error instanceof CatalogueError) return problem(check, error.problem, error.remedy);
    if (error instanceof Stripe.errors.StripePermissionError) {
      const [right] = /rak_\w+/.exec(error.message) ?? [];
      return problem(
        check,
        'The key may not look at it.',
        right ? `Give the key the right ${right}.` : 'Use a key with more rights.',
      );
    }
    return problem(check, ...explainFailure(error));
  }
}

const TIMEOUT_MILLISECONDS = 5_000;

/** `skew`: the seconds by which our clock is ahead of Stripe's, as far as Stripe says. */
async function examineKey(): Promise<{ finding: Finding; skew?: number }> {
  const check = 'stripe key';
  const base = env().STRIPE_API_BASE;
  if (base && isLivemode() && !isLoopback(base)) {
    const says = `A live key would be sent to ${base}, which is not Stripe. It was not tried.`;
    return { finding: problem(check, says, 'Unset STRIPE_API_BASE.') };
  }
  const asked = Date.now();
  try {
    const headers = await askAnything();
    const skew = Math.round(((asked + Date.now()) / 2 - Date.parse(headers.date ?? '')) / 1000);
    const kind = env().STRIPE_SECRET_KEY.startsWith('rk_') ? 'a restricted' : 'an unrestricted';
    const finding = ok(check, `Stripe takes the key, ${kind} one of ${mode()} mode.`);
    return { finding, skew: Number.isNaN(skew) ? undefined : skew };
  } catch (error) {
    return { finding: problem(check, ...explainFailure(error)) };
  }
}

/** @returns the headers of Stripe's answer, which may be that this key has no right to ask */
async function askAnything(): Promise<Record<string, string | undefined>> {
  try {
    const customers = await stripe().customers.list(
      { limit: 1 },
      { timeout: TIMEOUT_MILLISECONDS, maxNetworkRetries: 0 },
    );
    if (customers.object !== 'list') throw new NotStripeError();
    return customers.lastResponse.headers;
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return error.headers ?? {};
    throw error;
  }
}

async function examineRights(): Promise<Finding> {
  const check = 'key rights';
  if (env().STRIPE_SECRET_KEY.startsWith('sk_')) {
    return ok(check, 'The key may do everything; a restricted one would do (docs/going-live.md).');
  }
  const missing = await missingRights();
  if (missing.length === 0) return ok(check, 'The key has every right that is used.');
  const names = missing.map(({ name, permission }) => `${name} (${permission})`).join('; ');
  return problem(
    check,
    `The key lacks ${missing.length === 1 ? 'a right' : `${missing.length} rights`}.`,
    `At ${dashboardUrl('apikeys')} edit the key and give it ${names}. Or make another with every right: ${newKeyUrl({ livemode: isLivemode() })}`,
  );
}

/** Webhook signatures are refused when they look more than five minutes old. */
const MOST_SKEW_SECONDS = 30;

function examineClock(seconds: number): Finding {
  if (Math.abs(seconds) <= MOST_SKEW_SECONDS) {
    return ok('clock', "This machine's clock agrees with Stripe's.");
  }
  return problem(
    'clock',
    `This machine's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} Stripe's: signatures of webhooks depend on it.`,
    'Have the clock set by NTP; with systemd: timedatectl set-ntp true',
  );
}

async function examineCatalogue(): Promise<Finding> {
  const check = 'catalogue';
  const changes = await diffCatalogue();
  if (changes.length === 0) {
    return ok(check, 'Products, prices and portal configurations are as the plans say.');
  }
  const shown = changes.slice(0, 4).map(({ action, object }) => `${action} ${object}`);
  const more = changes.length - shown.length;
  return problem(
    check,
    `Stripe differs from the plans: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    'npm run billing -- push (npm run billing -- diff shows every difference)',
  );
}
