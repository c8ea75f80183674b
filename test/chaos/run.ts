import { parseArgs } from 'node:util';
import { type Counterexample, check } from './check';
import { happenings, type Tally } from './happenings';
import { startWorld } from './world';

const MILLISECONDS_BETWEEN_LINES = 5_000;
/** What the history that is under way gets to come to its end, when somebody stops the run. */
const LAST_MILLISECONDS = 10_000;
const STOPPED = 130;

/**
 * `npm run chaos -- [--runs N] [--seed N] [--path P] [--kills N]`: histories and trouble at random, until one
 * ends wrong. The path is told with a counterexample, to live through it again. With `--kills`, it is one
 * history of so many kills.
 *
 * @returns the exit code: 0 when all ended right, 1 when one did not, 130 when it was stopped
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
      kills: { type: 'string' },
    },
  });
  const kills = natural('kills', values.kills ?? '0');
  const runs = natural('runs', values.runs ?? (kills ? '1' : '1000'));
  const seed = natural('seed', values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

  const database = process.env.TEST_DATABASE_URL ? 'a database of TEST_DATABASE_URL' : 'PGlite';
  console.log(`${runs} histories with seed ${seed}, on ${database}. Starting …`);
  const world = await startWorld();
  const startedAt = Date.now();
  const end = async () => {
    console.log('Stopped in the middle of a history, which did not come to its end.');
    setTimeout(() => process.exit(STOPPED), LAST_MILLISECONDS);
    await world.close();
    process.exit(STOPPED);
  };
  const endSoon = () => setTimeout(() => void end(), LAST_MILLISECONDS).unref();
  stop.signal.addEventListener('abort', endSoon);
  if (stop.signal.aborted) endSoon();
  try {
    const wrong = await check(world, {
      runs,
      seed,
      path: values.path,
      kills,
      // A long history takes long each time.
      cutting: kills ? 0 : undefined,
      signal: stop.signal,
      // A path leads past the histories before it.
      onRun: values.path ? undefined : progressLine(world.tally, runs, startedAt),
      onWrong: () =>
        console.log(`One of them ended wrong, after ${world.tally.histories}. Cutting it down …`),
    });
    if (stop.signal.aborted) console.log('Stopped.');
    console.log(wrong ? tell(wrong, kills) : sum(world.tally, Date.now() - startedAt));
    if (wrong) return 1;
    return stop.signal.aborted ? STOPPED : 0;
  } finally {
    await world.close();
  }
}

function natural(name: string, typed: string): number {
  const number = Number(typed);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${name} is a whole number.`);
  process.exit(64);
}

function progressLine(tally: Tally, runs: number, startedAt: number): () => void {
  let next = startedAt + MILLISECONDS_BETWEEN_LINES;
  return () => {
    const now = Date.now();
    if (now < next) return;
    next = now + MILLISECONDS_BETWEEN_LINES;
    const perSecond = tally.histories / ((now - startedAt) / 1_000);
    const left = (runs - tally.histories) / perSecond;
    console.log(
      `${tally.histories} of ${runs} histories, ${perSecond.toFixed(1)} a second, about ${Math.ceil(left)} s left`,
    );
  };
}

/** How much was lived through, so that nobody has to believe that it was anything. */
function sum(tally: Tally, milliseconds: number): string {
  const { histories, events, deliveries } = tally;
  return [
    `${histories} histories ended right in ${Math.round(milliseconds / 1_000)} s: ${events} events in ${deliveries} deliveries.`,
    ...happenings.map(
      (happening) => `${String(tally.count(happening)).padStart(8)} × ${happening}`,
    ),
  ].join('\n');
}

function tell({ story, error, seed, path }: Counterexample, kills: number): string {
  return [
    '',
    'What happened:',
    ...story.map((line, index) => `${String(index + 1).padStart(3)}. ${line}`),
    '',
    error,
    '',
    `Again: npm run chaos -- --seed ${seed} --path ${path}${kills ? ` --kills ${kills}` : ''}`,
  ].join('\n');
}

process.exit(await main());
