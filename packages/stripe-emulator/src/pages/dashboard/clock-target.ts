import { addIntervals } from '../../core/calendar';
import type { PostedForm } from '../shared/posted-form';

/** The strides by which a clock can be moved. */
export const STEPS = [
  { value: 'hour', label: 'An hour', interval: 'hour', count: 1 },
  { value: 'day', label: 'A day', interval: 'day', count: 1 },
  { value: 'week', label: 'A week', interval: 'week', count: 1 },
  { value: 'month', label: 'A month', interval: 'month', count: 1 },
  { value: 'year', label: 'A year', interval: 'year', count: 1 },
] as const;

/** The time a form asks for, in Unix seconds, or a sentence on why there is none. */
export function clockTarget(form: PostedForm, now: number): number | string {
  const step = STEPS.find(({ value }) => value === form.text('step'));
  if (step?.value === 'hour') return now + 3_600;
  if (step) return addIntervals(now, step.interval, step.count);
  const to = Date.parse(`${form.text('to')}Z`) / 1000;
  if (!Number.isFinite(to)) return 'Choose a date and a time.';
  return to > now ? to : 'The clock only goes forward.';
}
