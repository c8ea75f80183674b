import { startStripe } from 'stripe-emulator';
import { roundTrip } from './round-trip.mjs';

let emulator;
const result = await roundTrip(async (forward) => {
  emulator = await startStripe({ memory: true, port: 0, forward });
  return emulator;
});
const { now } = emulator.clock();
const later = await emulator.advance({ days: 1 });
await emulator.close();
console.log(JSON.stringify({ ...result, daysPassed: Math.floor((later.now - now) / 86_400) }));
