import type { StoredEvent } from './event';

/** One event on its way to one endpoint. Times are Unix milliseconds, real ones. */
export interface Delivery {
  id: string;
  object: 'delivery';
  event: string;
  event_type: string;
  /** What the event tells of, when the endpoint wants it in another version than the account. */
  data?: StoredEvent['data'];
  endpoint: string;
  url: string;
  state: 'pending' | 'succeeded' | 'failed' | 'dropped';
  created: number;
  next_attempt: number | null;
  attempts: DeliveryAttempt[];
}

export interface DeliveryAttempt {
  at: number;
  /** The reply's status; null when there was no reply. */
  status: number | null;
  /** The beginning of the reply's body, or what went wrong. */
  reply: string;
  milliseconds: number;
}
