import { startNext, untilAnswered } from '../../dev/next-server';
import { findPort } from '../../dev/ports';
import { cleanEnvironment } from './clean-environment';
import { startTestStandIns } from './stand-ins';

/** The program behind `own-app.ts`: an app and stand-ins for one test worker, until it lets go. */
async function main(): Promise<void> {
  const appKey = process.argv[2] ?? '';
  cleanEnvironment(process.cwd(), process.env);
  // Far from where others look first, and from each other: two workers may look at once.
  const port = await findPort('', 4300 + (process.pid % 20_000));
  const appUrl = `http://localhost:${port}`;
  const standIns = await startTestStandIns(appUrl);
  const { DATABASE_URL, STRIPE_API_BASE, STRIPE_SECRET_KEY } = process.env;
  const { STRIPE_WEBHOOK_SECRET, CRON_SECRET } = process.env;
  const next = startNext('start', port, { ...process.env, STRIPE_SECRET_KEY: appKey }, (line) =>
    process.send?.({ line }),
  );
  process.on('disconnect', async () => {
    await next.stop();
    await standIns.close();
    process.exit();
  });
  await untilAnswered(next, port);
  process.send?.({
    NEXTAUTH_URL: appUrl,
    ...{ DATABASE_URL, STRIPE_API_BASE, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, CRON_SECRET },
  });
}

void main();
