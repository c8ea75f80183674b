/** One report of usage, as it is kept. Times are Unix seconds by the customer's clock. */
export interface UsageEvent {
  id: string;
  /** Chosen by whoever reported it; unique for a day. */
  identifier: string;
  /** The meter's id. */
  meter: string;
  customer: string;
  /** A decimal number. */
  value: string;
  timestamp: number;
  received: number;
  /** Unix milliseconds, real ones. */
  seen: number;
}

/** From when an alert counts usage (Unix milliseconds, real ones), and who has set it off since. */
export interface AlertWatch {
  /** The alert's id. */
  id: string;
  since: number;
  raised: string[];
}

/** The key by which a customer's usage of a meter is found. */
export function usageKey(meter: string, customer: string): string {
  return `${meter} ${customer}`;
}
