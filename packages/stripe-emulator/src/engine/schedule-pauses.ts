import { addIntervals } from '../core/calendar';
import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { SubscriptionSchedule } from './objects';

export type PauseSchedule = SubscriptionSchedule['pause_schedules'][number];

/** One planned pause as a request gives it. */
export interface PauseScheduleInput {
  key?: string;
  pause?: {
    pause_at?: { type: 'now' | 'timestamp'; timestamp?: number };
    settings?: {
      bill_for?: {
        outstanding_usage_through?: { type?: 'none' | 'pause_at' };
        unused_time_from?: { type?: 'item_current_period_start' | 'none' | 'pause_at' };
      };
      invoicing_behavior?: 'invoice' | 'pending_invoice_item';
    };
  };
  resume?: {
    resume_at?: {
      type: 'duration' | 'now' | 'timestamp';
      timestamp?: number;
      duration?: { interval: string; interval_count?: number };
    };
    settings?: {
      billing_cycle_anchor?: 'resume_at' | 'unchanged';
      payment_behavior?: 'resume_on_payment_attempt' | 'resume_on_payment_success';
      proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
    };
  } | null;
}

/** A planned pause as it is stored: when, and when it is over. */
export function pauseScheduleOf(ctx: Context, input: PauseScheduleInput): PauseSchedule {
  const pauseAt = input.pause?.pause_at?.timestamp ?? ctx.now;
  return {
    key: input.key ?? newId('pause', 12),
    pause: {
      pause_at: pauseAt,
      settings: {
        bill_for: {
          outstanding_usage_through: {
            type: input.pause?.settings?.bill_for?.outstanding_usage_through?.type ?? 'pause_at',
          },
          unused_time_from: {
            type: input.pause?.settings?.bill_for?.unused_time_from?.type ?? 'pause_at',
          },
        },
        invoicing_behavior: input.pause?.settings?.invoicing_behavior ?? 'pending_invoice_item',
        type: 'subscription',
      },
      status: { type: 'scheduled' },
    },
    resume: input.resume
      ? {
          resume_at: resumeTime(ctx, input.resume, pauseAt),
          settings: {
            billing_cycle_anchor: input.resume.settings?.billing_cycle_anchor ?? 'resume_at',
            payment_behavior:
              input.resume.settings?.payment_behavior ?? 'resume_on_payment_attempt',
            proration_behavior: input.resume.settings?.proration_behavior ?? 'create_prorations',
          },
          status: { type: 'scheduled' },
        }
      : null,
  };
}

function resumeTime(
  ctx: Context,
  resume: NonNullable<PauseScheduleInput['resume']>,
  pauseAt: number,
): number {
  const at = resume.resume_at;
  if (at?.timestamp !== undefined) return at.timestamp;
  if (!at?.duration) return ctx.now;
  return addIntervals(pauseAt, at.duration.interval, at.duration.interval_count ?? 1);
}
