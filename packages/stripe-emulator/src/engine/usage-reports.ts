import type { Context } from '../core/context';
import { reportUsage, type TakenReport, type UsageReport } from './usage';
import { raiseAlerts } from './usage-alerts';
import { watchThresholds } from './usage-thresholds';

/** Takes a report of usage, and sees to what it sets off. @throws StripeError as `reportUsage` does */
export function takeReport(ctx: Context, report: UsageReport): TakenReport {
  const { customer, meter, taken } = reportUsage(ctx, report);
  const own = ctx.onClockOf(customer);
  raiseAlerts(own, meter, customer.id);
  watchThresholds(own, customer.id, meter.id);
  return taken;
}
