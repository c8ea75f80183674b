import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { afterResponse } from './after-response';
import { db, query } from './db';
import { env } from './env';
import { Prisma } from './generated/prisma/client';
import { log } from './log';
import type { Words } from './words/english';

/**
 * What is recorded: each is something that somebody did to money or to access. `plan` is what became of
 * the plan, as the mirror records it: its `kind` is one of lib/billing/derive-changes.
 */
export type AuditAction = 'plan' | keyof Words['audit']['actions'];

/** What is known of it. Never an address, a secret or a link. */
export type AuditDetails = Readonly<Record<string, string | number | null>>;

/** Those that could tell who somebody is. They do not outlive the account. */
export const personalDetails = ['browser', 'reason', 'requestId'] as const;

export type Audited = {
  /** Whose billing account it is about; null for the whole installation. */
  userId: string | null;
  /** Who did it for a team. */
  personId?: string | null;
  /** `stripe` for what became known from there, whoever did it. */
  actor: 'person' | 'operator' | 'stripe';
  action: AuditAction;
  details?: AuditDetails;
  /** The same however often we are told, for what may be told twice. */
  cause?: string;
};

/** An entry as it is read. */
export type AuditEntryView = {
  id: string;
  createdAt: Date;
  actor: string;
  /** Who did it for a team. */
  personId: string | null;
  action: string;
  details: AuditDetails;
};

/** Records what somebody did. What was recorded for the same cause is not recorded again. */
export async function audit(entry: Audited): Promise<void> {
  const { userId, personId = null, actor, action, details = {}, cause = null } = entry;
  // Without Prisma, since one follows each click.
  await query(Prisma.sql`
    INSERT INTO "AuditEntry" (id, "userId", "personId", actor, action, details, cause)
    VALUES (gen_random_uuid(), ${userId}, ${personId}, ${actor}, ${action}, ${details}::jsonb, ${cause})
    ON CONFLICT DO NOTHING`);
}

/** What an entry says of who did something, and for whom. */
export function by({ id, person }: { id: string; person: { id: string } | null }) {
  const personId = person && person.id !== id ? person.id : null;
  return { userId: id, personId, actor: 'person' } as const;
}

/** The same after the response, so that nobody waits for it. */
export function auditSoon(entry: Audited): void {
  afterResponse(() =>
    audit(entry).catch((error: unknown) => log.error('not audited', error, { ...entry })),
  );
}

/** The newest entries about somebody, or about the installation, newest first. */
export async function auditEntries(
  userId: string | null,
  limit: number,
): Promise<AuditEntryView[]> {
  const rows = await db().auditEntry.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    take: limit,
    omit: { userId: true, cause: true },
  });
  return rows.map((row) => ({ ...row, details: details.parse(row.details) }));
}

const details = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/**
 * What stands in entries for an account that was deleted. Only somebody who has both our secret and Stripe's
 * id of the customer can tell whose it was: in a dispute, for example.
 *
 * @param id Stripe's id of the customer, else the user's
 */
export function pseudonymOf(id: string): string {
  const hash = createHmac('sha256', env().NEXTAUTH_SECRET).update(`audit ${id}`).digest('hex');
  return `deleted:${hash.slice(0, 32)}`;
}
