import { type StartOptions, type StripeHandle, startStripe } from 'stripe-emulator';
import { createStripeEmulator, StripeError } from 'stripe-emulator/testing';

const options: StartOptions = { memory: true, port: 0, name: 'Typed' };
const emulator: StripeHandle = await startStripe(options);
emulator.fault({ on: 'payment', kind: 'fail', times: 1 });
const { now }: { now: number } = await emulator.advance({ months: 1 });
// @ts-expect-error A span has no centuries.
await emulator.advance({ centuries: 1 });
await emulator.close();

const inside = await createStripeEmulator({ dir: 'memory', origin: 'http://localhost:1' });
const name: string | null | undefined = inside.run('test', (ctx) =>
  ctx.find('customer', 'cus_1'),
)?.name;

export { name, now, StripeError };
