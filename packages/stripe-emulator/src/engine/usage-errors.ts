import type { Context } from '../core/context';
import { isoTime, newThinEvent } from '../core/thin-event';
import type { UsageReport } from './usage';

/** A report of usage that could not be taken. */
export interface UsageError {
  report: UsageReport;
  code: string;
  message: string;
}

const MOST_SAMPLES = 5;

/** Tells of reports that could not be taken: one event for each meter, one for those without a meter. */
export function reportErrors(ctx: Context, errors: readonly UsageError[]): void {
  const byMeter = new Map<string | null, UsageError[]>();
  for (const error of errors) {
    if (error.code === 'duplicate_meter_event') continue;
    const [meter] = [...ctx.by('billing.meter', 'event_name', error.report.event_name)];
    const key = meter?.id ?? null;
    byMeter.set(key, [...(byMeter.get(key) ?? []), error]);
  }
  for (const [id, own] of byMeter) {
    const type = id === null ? 'no_meter_found' : 'error_report_triggered';
    const event = newThinEvent(ctx, {
      data: summaryOf(ctx, own),
      related_object:
        id === null ? null : { id, type: 'billing.meter', url: `/v1/billing/meters/${id}` },
      type: `v1.billing.meter.${type}`,
    });
    ctx.core.webhooks.publishThin(ctx, event);
  }
}

function summaryOf(ctx: Context, errors: readonly UsageError[]) {
  const codes = [...new Set(errors.map(({ code }) => code))];
  const count = errors.length;
  return {
    developer_message_summary: `There ${count === 1 ? 'is 1 invalid event' : `are ${count} invalid events`}.`,
    reason: {
      error_count: count,
      error_types: codes.map((code) => {
        const own = errors.filter((error) => error.code === code);
        return {
          code,
          error_count: own.length,
          sample_errors: own.slice(0, MOST_SAMPLES).map(({ message, report }) => ({
            error_message: message,
            request: { identifier: report.identifier ?? '' },
          })),
        };
      }),
    },
    validation_end: isoTime(ctx.now),
    validation_start: isoTime(ctx.now),
  };
}
