/** The body of a Stripe error, under `error`. */
export interface ErrorBody {
  type:
    | 'api_error'
    | 'card_error'
    | 'idempotency_error'
    | 'invalid_request_error'
    | 'temporary_session_expired';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  charge?: string;
  doc_url?: string;
  request_log_url?: string;
  payment_intent?: unknown;
  setup_intent?: unknown;
  payment_method?: unknown;
}

/** A refusal as Stripe words it; thrown by handlers, turned into the reply at the edge. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /** The refusal reports something that happened (a declined card): its changes are kept. */
  readonly keepsChanges: boolean;

  constructor(status: number, body: ErrorBody, options: { keepsChanges?: boolean } = {}) {
    super(body.message);
    this.name = 'StripeError';
    this.status = status;
    this.keepsChanges = options.keepsChanges ?? false;
    this.body = body.code
      ? {
          ...body,
          doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}`,
        }
      : body;
  }
}

/** A 400 `invalid_request_error`, Stripe's usual refusal. */
export function invalidRequest(message: string, param?: string, code?: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    message,
    ...defined({ param, code }),
  });
}

type CardErrorDetails = Partial<Omit<ErrorBody, 'type' | 'message' | 'code'>>;

/** A 402 `card_error`. Its changes are kept: the failed attempt is part of the history. */
export function cardError(
  message: string,
  code: string,
  details: CardErrorDetails = {},
): StripeError {
  const body: ErrorBody = { type: 'card_error', message, code, ...details };
  return new StripeError(402, body, { keepsChanges: true });
}

/** A 402 `card_error` for a card that was not even tried: nothing has happened. */
export function cardRefused(
  message: string,
  code: string,
  details: CardErrorDetails = {},
): StripeError {
  return new StripeError(402, { type: 'card_error', message, code, ...details });
}

/**
 * What was named does not exist: 404 with `param: id` when the path named it, 400 otherwise.
 * @param noun as Stripe says it, such as `customer` or `PaymentMethod`
 * @param hint said after the id, when a similar object exists elsewhere
 * @param pathParam what Stripe calls the id in the path
 */
export function missing(
  noun: string,
  id: string,
  param?: string,
  hint = '',
  pathParam = 'id',
): StripeError {
  return new StripeError(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'${hint}`,
    param: param ?? pathParam,
  });
}

function defined<T extends Record<string, string | undefined>>(values: T): Partial<T> {
  const kept: Partial<T> = {};
  for (const key in values) if (values[key] !== undefined) kept[key] = values[key];
  return kept;
}
