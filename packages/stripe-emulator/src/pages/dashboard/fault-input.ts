import type { Fault } from '../../core/fault';
import { kindsOn } from '../../core/faults';
import { type PostedForm, wholeNumber } from '../shared/posted-form';

/** The fault a form describes, or a sentence on what is wrong with it. */
export function readFault(form: PostedForm): Omit<Fault, 'id'> | string {
  const on = form.text('on');
  const kind = form.text('kind');
  if (on === '') return 'Say which requests are to fail.';
  if (!kindsOn(on).includes(kind)) return 'Choose what is to happen.';
  const times = form.text('times') === '' ? null : wholeNumber(form.text('times'), 1, 1_000_000);
  if (times === undefined) return 'How often is a whole number from 1, or empty.';
  return {
    on,
    kind,
    times,
    milliseconds: wholeNumber(form.text('milliseconds'), 0, 600_000) ?? 1_000,
    event: form.text('event') || null,
    decline_code: form.text('decline_code') || null,
  };
}
