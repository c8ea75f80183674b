import type { Context } from '../core/context';
import type { Meter } from './objects';
import { addUp, usageEvents } from './usage';

/**
 * Tells of the alerts that a customer's usage of a meter sets off. What counts is reported after the
 * alert was switched on; each goes off once for each customer.
 *
 * @param ctx on the customer's clock
 */
export function raiseAlerts(ctx: Context, meter: Meter, customer: string): void {
  for (const alert of [...ctx.by('billing.alert', 'meter', meter.id)]) {
    const { status, usage_threshold: threshold } = alert;
    if (status !== 'active' || !threshold) continue;
    const wanted = threshold.filters ?? [];
    if (wanted.length > 0 && !wanted.some((filter) => filter.customer === customer)) continue;
    const watch = ctx.get('_alert', alert.id);
    if (watch.raised.includes(customer)) continue;
    const events = usageEvents(ctx, meter.id, customer).filter(({ seen }) => seen >= watch.since);
    const value = addUp(meter, events);
    if (value < threshold.gte) continue;
    ctx.world._alert.put({ ...watch, raised: [...watch.raised, customer] });
    const triggered = {
      object: 'billing.alert_triggered',
      alert,
      created: ctx.now,
      customer,
      livemode: ctx.livemode,
      value,
    };
    ctx.emit('billing.alert.triggered', triggered);
  }
}
