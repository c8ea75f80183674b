import { db } from '../db';

/** One opening of the Billing Portal: what for, as Stripe names its flows or `home`, and when. */
export type PortalVisitView = { id: string; purpose: string; createdAt: Date };

/** The user's latest openings of the Billing Portal, newest first, ten at most. */
export async function latestPortalVisits(userId: string): Promise<PortalVisitView[]> {
  return db().portalVisit.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    take: 10,
    select: { id: true, purpose: true, createdAt: true },
  });
}
