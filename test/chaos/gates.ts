import type { PostgresGate } from './postgres-gate';
import type { StripeGate } from './stripe-gate';

/** What lies between one instance of the app and the outside world. */
export interface Gates {
  postgres: PostgresGate;
  stripe: StripeGate;
}

/** Forgets the trouble that was planned and has not happened. */
export function disarm({ postgres, stripe }: Gates): void {
  postgres.disarm();
  stripe.disarm();
}

/** Forgets what was planned, and lets everything go on that is held up. */
export function letGo(gates: Gates): void {
  disarm(gates);
  gates.postgres.release();
  gates.stripe.release();
}
