import { randomUUID } from 'node:crypto';
import { afterResponse } from '../after-response';
import { db } from '../db';
import { Prisma } from '../generated/prisma/client';
import { log } from '../log';
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
    /** An id of what it is about, without spaces: the same however often we are told. */
    cause: string;
    userId: string;
    facts: MailFacts[Kind];
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

/** SQL: the same, to be part of another statement (`WITH mail AS (…)`). The scheduled run sends it. */
export function mailInsert({ kind, cause, userId, facts }: QueuedMail): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Mail" (id, "userId", kind, cause, facts)
    SELECT ${randomUUID()}, id, ${kind}, ${cause}, ${JSON.stringify(facts)}::jsonb
    FROM "User" WHERE id = ${userId}
    ON CONFLICT (cause, kind, "userId") DO NOTHING`;
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
  userId: string;
  kind: string;
  cause: string;
  facts: unknown;
  attempts: number;
  isOld: boolean;
  email: string;
  locale: string | null;
  wantsTips: boolean;
};

async function takeNext(): Promise<Taken | null> {
  const [taken] = await db().$queryRaw<Taken[]>`
    UPDATE "Mail" SET attempts = attempts + 1,
      "dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${LEASE}::int)
    FROM "User" WHERE "User".id = "Mail"."userId" AND "Mail".id = (
      SELECT id FROM "Mail" WHERE "doneAt" IS NULL AND "dueAt" <= CURRENT_TIMESTAMP
      ORDER BY "dueAt", "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING "Mail".*, email, locale, "wantsTips",
      "Mail"."createdAt" < CURRENT_TIMESTAMP - make_interval(days => ${PATIENCE}::int) AS "isOld"`;
  return taken ?? null;
}

/** @returns whether there is any sense in trying the next one */
async function deliver({ id, userId, email, locale, ...mail }: Taken): Promise<boolean> {
  const kind = mailKinds.find((each) => each === mail.kind);
  try {
    if (!kind) throw new Error(`There is no e-mail ${mail.kind}.`);
    if (!mail.wantsTips && optionalMails.has(kind)) {
      await finish(id, 'unwanted');
      return true;
    }
    const user = { id: userId, email, locale };
    await sendMail(compose({ id, kind, cause: mail.cause, facts: mail.facts, user }));
    await finish(id, 'sent');
    return true;
  } catch (error) {
    log.error('e-mail not sent', error, { mail: id, kind: mail.kind, attempt: mail.attempts });
    if (mail.isOld) await finish(id, 'failed', error);
    else await postpone(id, mail.attempts, error);
    return isRefusal(error);
  }
}

async function finish(id: string, outcome: string, error?: unknown): Promise<void> {
  await db().$executeRaw`
    UPDATE "Mail" SET "doneAt" = CURRENT_TIMESTAMP, outcome = ${outcome}, "lastError" = ${textOf(error)}
    WHERE id = ${id}`;
}

async function postpone(id: string, attempts: number, error: unknown): Promise<void> {
  const wait = Math.min(5 * 2 ** attempts, LONGEST_WAIT);
  await db().$executeRaw`
    UPDATE "Mail" SET "dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${wait}::int),
      "lastError" = ${textOf(error)}
    WHERE id = ${id}`;
  retryLater('mail', wait + 1, sendLeftMail);
}

/** Whether the server answered, and refused this one e-mail alone. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error;
}

function textOf(error: unknown): string | null {
  if (error === undefined) return null;
  return error instanceof Error ? error.message : String(error);
}
