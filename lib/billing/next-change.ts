import { z } from 'zod';
import type { Subscription } from '../generated/prisma/client';
import type { NextChange } from './mirror/rows';
import { findPaidPlan } from './plans';

/** The change of plan that is to come, as pages show it. */
export type NextChangeView = Omit<NextChange, 'at' | 'plan'> & { at: Date; title: string };

/** What is mirrored of the change of plan that a subscription has before it. */
export function nextChangeOf({
  nextChange,
}: Pick<Subscription, 'nextChange'>): NextChangeView | null {
  const change = column.parse(nextChange);
  if (!change) return null;
  const { at, plan, ...rest } = change;
  return { ...rest, at: new Date(at), title: findPaidPlan(plan)?.title ?? 'Custom plan' };
}

// We write this column ourselves; the schema says what its type, Json, leaves out.
const column: z.ZodType<NextChange | null> = z
  .object({
    kind: z.enum(['scheduled', 'unpaid']),
    at: z.string(),
    plan: z.string().nullable(),
    priceId: z.string(),
    unitAmount: z.number().nullable(),
    quantity: z.number(),
    interval: z.string(),
    intervalCount: z.number(),
    invoiceId: z.string().nullable(),
  })
  .nullable();
