import { refuseFormerNames } from './former-names';
import { findPort } from './ports';
import { startStandIns } from './stand-ins';
import { StartError } from './start-error';

/** `npm run emulator`: the stand-ins for PostgreSQL, mail and Stripe, without the app. */
async function main(): Promise<void> {
  refuseFormerNames(process.env);
  const standIns = await startStandIns({
    dir: process.env.DEV_DIR || '.dev',
    ports: {
      http: await findPort('EMULATOR_PORT', 4242),
      smtp: await findPort('DEV_SMTP_PORT', 1025),
      postgres: await findPort('DEV_POSTGRES_PORT', 54_329),
    },
    services: { postgres: true, smtp: true, stripe: true },
    appUrl: process.env.NEXTAUTH_URL || `http://localhost:${process.env.PORT || 3000}`,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void standIns.close().then(() => process.exit(0)));
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(standIns.env));
    return;
  }
  for (const [name, value] of Object.entries(standIns.env)) {
    console.log(`export ${name}='${value}'`);
  }
  console.error(`\nInbox      ${standIns.urls.inbox}\nDashboard  ${standIns.urls.dashboard}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
