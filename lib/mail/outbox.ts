import { randomUUID } from 'node:crypto';
import { afterResponse } from '../after-response';
import { db } from '../db';
import { Prisma } from '../generated/prisma/client';
import { log, reasonOf } from '../log';
import { retryLater } from '../retry-later';
import { compose } from './compose';
import { type MailFacts, type MailKind, mailKinds, optionalMails } from './mail-kinds';
import { sendMail } from './send-mail';

/** Seconds after which an e-mail is taken from a process that died. Sending one takes less. */
const LEASE = 120;
/** Seconds. The time to the next attempt doubles up to this. */
const LONGEST_WAIT = 15 * 60;
/** Days after which an e-mail that could not be sent is given up. */
const PATIENCE = 3;
/** How many are sent at a time by one process. */
const WORKERS = 4;

/** An e-mail to send, once for each cause. */
export type QueuedMail = {
  [Kind in MailKind]: {
    kind: Kind;
    /** An id of what it is about, without spaces: the same however often we are told. May be an SQL expression. */
    cause: string | Prisma.Sql;
    /** Whose billing account it is about. */
    userId: string;
    facts: MailFacts[Kind];
    /** Where it goes, if not to the account's present address. */
    to?: string;
  };
}[MailKind];

/**
 * Puts an e-mail in the outbox, unless the one for this cause, kind and person is or was there, and has it
 * sent after the response to the request in progress.
 */
export async function queueMail(mail: QueuedMail): Promise<void> {
  const isNew = await db().$executeRaw(mailInsert(mail));
  if (isNew > 0) afterResponse(sendLeftMail);
}

/**
 * SQL: the same, to be part of another statement (`WITH mail AS (…)`). The scheduled run sends it.
 *
 * @param condition only if this is true
 */
export function mailInsert(
  { kind, cause, userId, facts, to }: QueuedMail,
  condition = Prisma.sql`TRUE`,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Mail" (id, "userId", kind, cause, facts, "to")
    SELECT ${randomUUID()}, id, ${kind}, ${cause}, ${JSON.stringify(facts)}::jsonb, ${to ?? null}
    FROM "BillingAccount" WHERE id = ${userId} AND ${condition}
    ON CONFLICT (cause, kind, "userId") DO NOTHING`;
}

/**
 * SQL: an e-mail to an address, whoever has it, to be part of another statement. Nothing is kept of it once
 * it is sent.
 *
 * @param locale the language of whoever reads it; null for English
 */
export function addressedInsert<Kind extends MailKind>(
  kind: Kind,
  facts: MailFacts[Kind],
  { email, locale }: { email: string; locale: string | null },
): Prisma.Sql {
  const id = randomUUID();
  return Prisma.sql`
    INSERT INTO "Mail" (id, kind, cause, facts, "to", locale)
    VALUES (${id}, ${kind}, ${id}, ${JSON.stringify(facts)}::jsonb, ${email}, ${locale})`;
}

/**
 * Sends what is in the outbox and due, the oldest first. Any number of processes may do so at the same
 * time. While the mail server is down, everything waits.
 *
 * @param signal ends it after the e-mails that are being sent
 */
export async function sendLeftMail(signal?: AbortSignal): Promise<void> {
  const work = async () => {
    while (!signal?.aborted) {
      const mail = await takeNext();
      if (!mail || !(await deliver(mail))) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, work));
  } catch (error) {
    log.error('e-mails not sent', error);
    retryLater('mail', LONGEST_WAIT, sendLeftMail);
  }
}

type Taken = {
  id: string;
  userId: string | null;
  kind: string;
  cause: string;
  facts: unknown;
  attempts: number;
  isOld: boolean;
  email: string;
  locale: string | null;
  timeZone: string | null;
  wantsTips: boolean | null;
};

async function takeNext(): Promise<Taken | null> {
  const [taken] = await db().$queryRaw<Taken[]>`
    WITH next AS MATERIALIZED (
      SELECT mail.id, COALESCE("to", own.email, team.email) AS email,
        COALESCE(mail.locale, own.locale) AS locale, own."timeZone", own."wantsTips"
      FROM "Mail" AS mail LEFT JOIN "User" AS own ON own.id = mail."userId"
      LEFT JOIN "Team" AS team ON team.id = mail."userId"
      WHERE "doneAt" IS NULL AND "dueAt" <= CURRENT_TIMESTAMP
      ORDER BY "dueAt", mail."createdAt" LIMIT 1 FOR UPDATE OF mail SKIP LOCKED
    )
    UPDATE "Mail" SET attempts = attempts + 1,
      "dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${LEASE}::int)
    FROM next WHERE "Mail".id = next.id
    RETURNING "Mail".id, "userId", kind, cause, facts, attempts, email, next.locale, "timeZone",
      "wantsTips", "createdAt" < CURRENT_TIMESTAMP - make_interval(days => ${PATIENCE}::int) AS "isOld"`;
  return taken ?? null;
}

/** @returns whether there is any sense in trying the next one */
async function deliver({ id, userId, email, locale, timeZone, ...mail }: Taken): Promise<boolean> {
  const kind = mailKinds.find((each) => each === mail.kind);
  try {
    if (!kind) throw new Error(`There is no e-mail ${mail.kind}.`);
    if (mail.wantsTips === false && optionalMails.has(kind)) {
      await finish(id, userId, 'unwanted');
      return true;
    }
    const user = { id: userId, email, locale, timeZone };
    await sendMail(compose({ id, kind, cause: mail.cause, facts: mail.facts, user }));
    await finish(id, userId, 'sent');
    return true;
  } catch (error) {
    log.error('e-mail not sent', error, { mail: id, kind: mail.kind, attempt: mail.attempts });
    if (mail.isOld) await finish(id, userId, 'failed', error);
    else await postpone(id, mail.attempts, error);
    return isRefusal(error);
  }
}

/** Nothing is kept of an e-mail that belongs to no account. */
async function finish(
  id: string,
  userId: string | null,
  outcome: string,
  error?: unknown,
): Promise<void> {
  if (!userId) return void (await db().mail.deleteMany({ where: { id } }));
  await db().$executeRaw`
    UPDATE "Mail" SET "doneAt" = CURRENT_TIMESTAMP, "to" = NULL, outcome = ${outcome}, "lastError" = ${error === undefined ? null : reasonOf(error)}
    WHERE id = ${id}`;
}

async function postpone(id: string, attempts: number, error: unknown): Promise<void> {
  const wait = Math.min(5 * 2 ** attempts, LONGEST_WAIT);
  await db().$executeRaw`
    UPDATE "Mail" SET "dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${wait}::int),
      "lastError" = ${reasonOf(error)}
    WHERE id = ${id}`;
  retryLater('mail', wait + 1, sendLeftMail);
}

/** Whether the server answered, and refused this one e-mail alone. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error;
}
