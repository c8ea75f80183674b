export type { StripeEmulator, StripeEmulatorOptions } from './emulator';
export { createStripeEmulator } from './server';
