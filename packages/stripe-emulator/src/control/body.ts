import { invalidRequest } from '../core/errors';
import { treeOf } from '../core/form';
import { type FieldOutputs, type Fields, object } from '../core/params';

/**
 * A control's body, checked as the API checks parameters.
 * @throws StripeError when it is no object, or has fields that do not exist or are malformed
 */
export function readBody<F extends Fields>(body: unknown, fields: F): FieldOutputs<F> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidRequest('The body must be a JSON object.');
  }
  return object(fields).parseTree(treeOf(body), '');
}
