import { parseArgs } from 'node:util';
import { check } from '../chaos/check';
import { startWorld } from '../chaos/world';

const MILLISECONDS_BETWEEN_LINES = 5_000;

/** `npm run chaos -- [--runs N] [--seed N]`: histories and trouble at random, until one ends wrong. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
  const runs = Number(values.runs ?? 1_000);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${runs} histories, seed ${seed}. Starting …`);
  const world = await startWorld();
  const startedAt = Date.now();
  let next = startedAt;
  const failure = await check(world, {
    runs,
    seed,
    onRun({ runs: done, deliveries, events }) {
      if (Date.now() < next && done < runs) return;
      next = Date.now() + MILLISECONDS_BETWEEN_LINES;
      const perSecond = (done / ((Date.now() - startedAt) / 1000)).toFixed(1);
      console.log(
        `${done} of ${runs} histories, ${perSecond} a second: ${events} events, ${deliveries} deliveries`,
      );
    },
  });
  await world.close();
  console.log(failure ?? 'All of them ended right.');
  return failure ? 1 : 0;
}

process.exit(await main());
