import { expect, it } from 'vitest';
import { plans } from '@/lib/billing/plans';
import { english } from '@/lib/words/english';
import { usageAdvice } from './usage-advice';

const t = english.usage;

it('says nothing until four fifths of a limit are used, and then how much is left', () => {
  expect(usageAdvice({ limit: 'exports', used: 79, allowed: 100 }, t)).toBeNull();
  expect(usageAdvice({ limit: 'exports', used: 80, allowed: 100 }, t)).toContain('20 left');
  expect(usageAdvice({ limit: 'exports', used: 99, allowed: 100 }, t)).toContain('1 left');
  expect(usageAdvice({ limit: 'exports', used: 0, allowed: 1 }, t)).toBeNull();
});

it('says at the limit, and above it after a change of plan, what to do', () => {
  const most = Math.max(...plans.map(({ limits }) => limits.projects));
  expect(usageAdvice({ limit: 'projects', used: most, allowed: most }, t)).toBe(
    'To create another, delete one.',
  );
  expect(usageAdvice({ limit: 'projects', used: most + 2, allowed: most }, t)).toBe(
    `You keep all ${most + 2}. To create another, delete 3 of them.`,
  );
});

it.each(plans.slice(0, -1).map((plan, index) => [plan, plans[index + 1]] as const))(
  'names the plan with more than %o',
  (plan, next) => {
    const allowed = plan.limits.exports;
    const advice = usageAdvice({ limit: 'exports', used: allowed, allowed }, t);
    if (next && next.limits.exports > allowed)
      expect(advice).toContain(`The ${next.title} plan includes`);
  },
);
