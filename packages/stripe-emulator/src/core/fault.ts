/** Trouble on demand. `times` counts down and the fault is gone at zero; null is until cleared. */
export interface Fault {
  id: string;
  /** `POST /v1/customers`, `GET /v1/customers/*`, `*` for every request, `webhook`, `payment` or `search`. */
  on: string;
  kind: string;
  times: number | null;
  /** How late, for `latency`, `delay` and `lag`. */
  milliseconds: number;
  /** Only for events of this type; null is any. */
  event: string | null;
  /** Why the payment fails, in Stripe's words (`insufficient_funds`). */
  decline_code: string | null;
}
