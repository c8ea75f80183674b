import { expect, test } from 'vitest';
import { freePlan, limits, plans } from '@/lib/billing/plans';
import { english } from '@/lib/words/english';
import { planLimits } from './plan-contents';

test('every limit of every plan is named with its number', () => {
  for (const plan of plans) {
    const phrases = planLimits(plan, english);
    const counts = Object.values(plan.limits).filter((count) => count > 0);
    expect(phrases.map((phrase) => Number.parseInt(phrase.replaceAll(',', ''), 10))).toEqual(
      counts,
    );
  }
});

test('a plan that allows none of something does not advertise it', () => {
  expect(planLimits({ limits: { ...freePlan.limits, projects: 0 } }, english).join()).not.toContain(
    limits.projects.many,
  );
});
