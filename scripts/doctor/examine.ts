import { examineStripe, rest } from '@/lib/billing/setup/doctor';
import { isLivemode } from '@/lib/billing/stripe';
import { env } from '@/lib/env';
import { type Finding, skipped } from '@/lib/finding';
import { examineAddress } from './address';
import { examineDatabase } from './database';
import { examineEnvironment } from './environment';
import { examineMail, examineSender } from './mail';

/**
 * Examines the whole installation that process.env describes. What is wrong in it is replaced there
 * by something harmless, so that one mistake hides no other.
 *
 * @param migrationsFolder where prisma/migrations is
 * @returns every finding, in the order in which they are best mended
 */
export async function examine(migrationsFolder: string): Promise<Finding[]> {
  const { findings, wrong, replacements } = examineEnvironment(process.env);
  for (const [name, value] of Object.entries(replacements)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const needs = (...names: string[]) => {
    const missing = names.find((name) => wrong.has(name));
    return missing && `${missing} is not right`;
  };
  const noAddress = needs('NEXTAUTH_URL');
  const noDatabase = needs('DATABASE_URL');
  const noServer = needs('EMAIL_SERVER');
  const noSender = needs('EMAIL_FROM');
  const settings = env();
  const mode = { livemode: isLivemode() };

  const address = noAddress
    ? skipped('address', noAddress)
    : examineAddress(settings.NEXTAUTH_URL, mode);
  const mail = noServer ? skipped('mail', noServer) : examineMail(settings.EMAIL_SERVER);
  const sender = noSender ? skipped('sender', noSender) : examineSender(settings.EMAIL_FROM, mode);
  const database = noDatabase
    ? [skipped('database', noDatabase), skipped('migrations', noDatabase)]
    : await examineDatabase(settings.DATABASE_URL, migrationsFolder);
  const isReady = database.every(({ state }) => state === 'ok');
  const stripe = examineStripeUnless(needs('STRIPE_SECRET_KEY', 'STRIPE_API_BASE'), {
    catalogue: isReady ? needs('NEXTAUTH_URL') : 'the database is not ready',
    webhook: needs('NEXTAUTH_URL'),
  });
  return [...findings, address, ...database, await mail, sender, ...(await stripe)];
}

async function examineStripeUnless(
  reason: string | undefined,
  blocked: Parameters<typeof examineStripe>[0],
): Promise<Finding[]> {
  if (!reason) return examineStripe(blocked);
  return ['stripe key', ...rest].map((check) => skipped(check, reason));
}
