import type { z } from 'zod';
import { invalidRequest } from '../core/errors';

/** A control's body, by a zod schema. @throws StripeError that names each field that is wrong */
export function parseWith<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
  throw invalidRequest(wrong.join('; '));
}
