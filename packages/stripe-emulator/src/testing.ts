/**
 * The emulator's inside, for tests that compare an app's state with Stripe's own, or that act at
 * Stripe without a request. It follows the emulator's structure: a new version may change it.
 */
export type { Context } from './core/context';
export { StripeError } from './core/errors';
export type { StoredEvent } from './core/event';
export type { Stored } from './core/tables';
export type { StripeEmulator } from './emulator';
export { createStripeEmulator } from './server';
