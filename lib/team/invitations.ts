import { randomUUID } from 'node:crypto';
import { afterResponse } from '../after-response';
import { parseEmailAddress } from '../auth/email-address';
import { hashToken } from '../auth/token-hash';
import { db } from '../db';
import { Prisma } from '../generated/prisma/client';
import type { Locale } from '../locale';
import { addressedInsert, sendLeftMail } from '../mail/outbox';
import { countingSql, type Limit, noteRefusal } from '../rate-limit';
import { invitationToken } from './invitation-link';
import { type Actor, asMember, note, TeamError } from './members';
import { findGivenRole, type GivenRole } from './roles';

/** Milliseconds that a link works. */
const LIFETIME = 7 * 24 * 60 * 60 * 1_000;
/** At once. */
const MOST = 25;

/** Of a team, and of a person in all their teams: neither is a way to mail strangers. */
const sending: Limit = { name: 'invitation', points: 50, seconds: 60 * 60 };
/** Nobody's inbox is flooded, however many teams take part. */
const perInbox: Limit = { name: 'invitation-inbox', points: 5, seconds: 60 * 60 };

/** Who sends invitations, and in which language to those who have not chosen one here. */
export type Inviter = Actor & { person: { email: string }; language: Locale };

export type InvitationView = {
  id: string;
  email: string;
  role: GivenRole;
  expires: Date;
  isExpired: boolean;
};

/** The invitations of a team that nobody has accepted, also those that have expired. */
export async function invitationsOf({ id: teamId }: { id: string }): Promise<InvitationView[]> {
  const rows = await db().invitation.findMany({
    where: { teamId, acceptedAt: null },
    select: { id: true, email: true, role: true, expires: true },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map((row) => ({
    ...row,
    role: findGivenRole(row.role) ?? 'member',
    isExpired: row.expires <= new Date(),
  }));
}

/**
 * Invites people by e-mail. Who is invited already gets a new link, and who is a member gets none.
 *
 * @param text their addresses, as typed: spaces, commas, semicolons and lines divide them
 * @throws TeamError `addresses` when one is none or there are too many, `too-often`, `not-allowed`
 */
export async function invite(inviter: Inviter, text: string, role: GivenRole): Promise<void> {
  const { id: teamId } = inviter;
  const emails = parseAddresses(text);
  await asMember(inviter, 'invite', async (transaction) => {
    const members = await transaction.user.findMany({
      where: { email: { in: emails }, members: { some: { teamId } } },
      select: { email: true },
    });
    const others = emails.filter((email) => members.every((member) => member.email !== email));
    if (others.length === 0) return;
    await countSending(transaction, inviter, others);
    const sent = await transaction.invitation.findMany({
      where: { teamId, email: { in: others } },
    });
    for (const email of others) {
      const former = sent.find((invitation) => invitation.email === email);
      await send(transaction, inviter, { ...former, email, role });
    }
    await note(inviter, 'member_invited', { invitations: others.length }, transaction);
  });
  afterResponse(sendLeftMail);
}

/** In a fixed order: two who count the same addresses at once do not wait for each other. */
function parseAddresses(text: string): string[] {
  const typed = text.split(/[\s,;]+/).filter((each) => each !== '');
  const emails = typed.flatMap((each) => parseEmailAddress(each) ?? []);
  if (emails.length === 0 || emails.length < typed.length || typed.length > MOST) {
    throw new TeamError('addresses');
  }
  return [...new Set(emails)].toSorted();
}

/**
 * Sends an invitation again, with another link: the one before no longer works.
 *
 * @throws TeamError `not-allowed`, also when it was accepted or revoked meanwhile, or `too-often`
 */
export async function resendInvitation(inviter: Inviter, id: string): Promise<void> {
  await asMember(inviter, 'invite', async (transaction) => {
    const invitation = await transaction.invitation.findFirst({
      where: { id, teamId: inviter.id, acceptedAt: null },
    });
    if (!invitation) throw new TeamError('not-allowed');
    await countSending(transaction, inviter, [invitation.email]);
    await send(transaction, inviter, invitation);
  });
  afterResponse(sendLeftMail);
}

/** Takes an invitation back: its link no longer works. */
export async function revokeInvitation(actor: Actor, id: string): Promise<void> {
  await asMember(actor, 'invite', async (transaction) => {
    const { count } = await transaction.invitation.deleteMany({
      where: { id, teamId: actor.id, acceptedAt: null },
    });
    if (count === 0) throw new TeamError('not-allowed');
    await note(actor, 'invitation_revoked', {}, transaction);
  });
}

/** Counts in the transaction that sends: what is refused is not counted. */
async function countSending(
  transaction: Prisma.TransactionClient,
  { id, person }: Actor,
  emails: string[],
): Promise<void> {
  const count = async (limit: Limit, owners: string[], uses: number) => {
    const owner = Prisma.sql`SELECT unnest(${owners}::text[]) AS id`;
    const counting = countingSql(limit, owner, uses);
    const counted = await transaction.$queryRaw<{ points: number }[]>(counting);
    if (counted.every(({ points }) => points <= limit.points)) return;
    noteRefusal(limit.name);
    throw new TeamError('too-often');
  };
  await count(sending, [id, person.id], emails.length);
  await count(perInbox, emails, 1);
}

/** What is sent; with an id, again. */
type Sending = { id?: string; email: string; role: string; sent?: number };

/** The transaction has the team's lock: nobody else sends the same one. */
async function send(
  transaction: Prisma.TransactionClient,
  { id: teamId, person, language }: Inviter,
  { id = randomUUID(), email, role, sent = 0 }: Sending,
): Promise<void> {
  const number = sent + 1;
  const token = hashToken(invitationToken(id, number));
  const expires = new Date(Date.now() + LIFETIME);
  const fresh = { role, sent: number, token, expires, acceptedAt: null };
  const { team } = await transaction.invitation.upsert({
    where: { id },
    create: { id, teamId, email, ...fresh },
    update: fresh,
    include: { team: true },
  });
  const invited = await transaction.user.findUnique({ where: { email } });
  const facts = { team: team.name, by: person.email, invitation: id, number, expires };
  const to = { email, locale: invited?.locale ?? language };
  await transaction.$executeRaw(addressedInsert('invited', facts, to));
}
