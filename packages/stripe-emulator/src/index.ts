export type {
  BillingBody,
  BillingSettings,
  ClockBody,
  ClockState,
  Control,
  FaultBody,
  KeyBody,
  RolledSecret,
  ShownDelivery,
  Span,
  TaxBody,
} from './control/types';
export type { Delivery, DeliveryAttempt } from './core/delivery';
export type { Experiment } from './core/experiment';
export type { Fault } from './core/fault';
export type { LoggedRequest } from './core/request-log';
export {
  createStripe,
  type MountedStripe,
  type MountOptions,
  type StripeHandle,
} from './create-stripe';
export { OptionError, type StartOptions, type StripeOptions } from './options';
export { type Seed, SeedError, type SeedObject } from './seed';
export { startStripe } from './start-stripe';
