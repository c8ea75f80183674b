import { db } from '../db';

/** How long a sign-in link works, in seconds. */
export const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

const LINKS_AN_HOUR = 10;

/**
 * Whether one more sign-in link may go to an address: with ten in an hour that nobody followed,
 * somebody is flooding a stranger's inbox. Counted in the database, so for all instances together;
 * a link that was followed is deleted and does not count.
 *
 * @param email as next-auth writes it
 */
export async function mayHaveLink(email: string): Promise<boolean> {
  const { verificationToken } = db();
  const now = Date.now();
  // Nobody can follow these any more, and nothing else deletes them.
  await verificationToken.deleteMany({ where: { expires: { lt: new Date(now) } } });
  const anHourAgo = now - 60 * 60 * 1000;
  const sent = await verificationToken.count({
    where: {
      identifier: email,
      expires: { gt: new Date(anHourAgo + LINK_LIFETIME_SECONDS * 1000) },
    },
  });
  return sent < LINKS_AN_HOUR;
}
