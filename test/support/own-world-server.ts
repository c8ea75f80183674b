import { startNext, untilAnswered } from '../../dev/next-server';
import { findPort } from '../../dev/ports';
import { cleanEnvironment } from './clean-environment';
import { startTestStandIns } from './stand-ins';

/** The program behind `own-world.ts`: stand-ins, and an app if it is given its key. */
async function main(): Promise<void> {
  const [, , appKey, more = '{}'] = process.argv;
  cleanEnvironment(process.cwd(), process.env);
  // Far from where others look first, and from each other: two workers may look at once.
  const port = appKey ? await findPort('', 4300 + (process.pid % 20_000)) : 9;
  const standIns = await startTestStandIns(`http://localhost:${port}`);
  const environment = {
    ...process.env,
    ...standIns.env,
    ...JSON.parse(more),
    STRIPE_SECRET_KEY: appKey,
  };
  const next = appKey && startNext('start', port, environment, (line) => process.send?.({ line }));
  process.on('disconnect', async () => {
    if (next) await next.stop();
    await standIns.close();
    process.exit();
  });
  if (next) {
    await untilAnswered(next, port);
    // Answered once everything is in place. Before, Next takes requests that our guard never sees.
    await fetch(`http://127.0.0.1:${port}/api/health`);
  }
  process.send?.({ environment: standIns.env });
}

void main();
