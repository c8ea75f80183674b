import { startStripe } from '../src/start-stripe';
import { printed, report } from './report';
import { scenarios } from './scenarios';
import { emulatorVenue, stripeVenue } from './venues';

/**
 * `npm run conformance -w stripe-emulator [-- NAME…]`: the scenarios in the emulator and, with
 * STRIPE_TEST_SECRET_KEY, in Stripe's test mode as well. @returns the exit code
 */
async function main(names: readonly string[]): Promise<number> {
  const key = process.env.STRIPE_TEST_SECRET_KEY;
  const stripe = key ? stripeVenue(key) : undefined;
  const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) {
    throw new Error(`The scenarios are ${scenarios.map(({ name }) => `"${name}"`).join(', ')}.`);
  }
  const emulator = await startStripe({ port: 0, memory: true });
  const found = await report(chosen, emulatorVenue(emulator.url), stripe, console.log);
  await emulator.close();
  console.log(`\n${printed(found)}`);
  if (!stripe) {
    console.log('Nothing was compared: set STRIPE_TEST_SECRET_KEY to compare with Stripe.');
  }
  const isFine = found.problems.length === 0 && found.differences.every(({ reason }) => reason);
  return isFine ? 0 : 1;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
