import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createUser } from '@/test/support/integration';
import { createMembers, invitationTo } from '@/test/support/teams';
import { auditEntries } from '../audit';
import { db } from '../db';
import { env } from '../env';
import { sendLeftMail } from '../mail/outbox';
import { invitationsOf, invite, resendInvitation, revokeInvitation } from './invitations';
import { findInvitation } from './join';
import { changeRole } from './members';
import { may, roles } from './roles';

const notAllowed = { problem: 'not-allowed' };

it.each(roles)('asked by the %s, inviting follows the table of rights', async (role) => {
  const team = await createMembers();
  const [email, other] = [newAddress(), newAddress()];
  await invite(team.owner, `${email}, ${other}`, 'member');
  const id = await idOf(email);
  const acts = [
    () => invite(team[role], newAddress(), 'member'),
    () => resendInvitation(team[role], id),
    () => revokeInvitation(team[role], id),
  ];
  for (const act of acts) {
    if (may(role, 'invite')) await act();
    else await expect(act()).rejects.toMatchObject(notAllowed);
  }
  const left = (await invitationsOf(team.owner)).map((each) => each.email);
  expect(left.includes(email)).toBe(!may(role, 'invite'));
});

it('nobody sends or revokes the invitations of another team', async () => {
  const [team, other] = [await createMembers(), await createMembers()];
  const email = newAddress();
  await invite(other.owner, email, 'member');
  const id = await idOf(email);
  const before = await invitationsOf(other.owner);
  for (const actor of [team.owner, { ...team.owner, id: other.owner.id }]) {
    await expect(resendInvitation(actor, id)).rejects.toMatchObject(notAllowed);
    await expect(revokeInvitation(actor, id)).rejects.toMatchObject(notAllowed);
  }
  const asOther = { ...team.owner, id: other.owner.id };
  await expect(invite(asOther, newAddress(), 'admin')).rejects.toMatchObject(notAllowed);
  expect(await invitationsOf(other.owner)).toEqual(before);
});

it('invites several at once, each once, and nobody who is a member', async () => {
  const { owner, member } = await createMembers();
  const [one, two] = [newAddress(), newAddress()];
  const text = `${one}, ${two.toUpperCase()};\n ${one}\n${member.person.email}`;
  await invite(owner, text, 'admin');
  const invitations = await invitationsOf(owner);
  expect(invitations.map(({ email }) => email).toSorted()).toEqual([one, two].toSorted());
  expect(invitations.map(({ role }) => role)).toEqual(['admin', 'admin']);
  await Promise.all([invitationTo(one), invitationTo(two)]);
  expect(await mailTo(member.person.email)).toEqual([]);
});

it.each(['', 'ada', 'ada@example.com, grace', many(26)])(
  'invites nobody when it is given %j',
  async (text) => {
    const { owner } = await createMembers();
    await expect(invite(owner, text, 'member')).rejects.toMatchObject({ problem: 'addresses' });
    expect(await invitationsOf(owner)).toEqual([]);
  },
);

it('the e-mail is in the language of who is invited, says who invites, and leads to the page', async () => {
  const { owner } = await createMembers();
  const [german, stranger] = [await createUser(), newAddress()];
  await db().user.update({ where: { id: german.id }, data: { locale: 'de' } });
  await invite(owner, german.email, 'member');
  await invite({ ...owner, language: 'de' }, stranger, 'member');
  for (const email of [german.email, stranger]) {
    const token = await invitationTo(email);
    const [mail] = await mailTo(email);
    expect(mail?.subject).toContain('Einladung ins Team Harbour');
    expect(mail?.text).toContain(`${owner.person.email} lädt Sie ein`);
    expect(mail?.html.match(/class="button"/g)).toHaveLength(1);
    expect(mail?.links[0]).toBe(`${env().NEXTAUTH_URL}/invitation?token=${token}`);
  }
});

it('neither the link nor, once it is sent, anything else of the e-mail is kept', async () => {
  const { owner } = await createMembers();
  const email = newAddress();
  await invite(owner, email, 'member');
  const token = await invitationTo(email);
  await expect.poll(() => db().mail.count({ where: { to: email } })).toBe(0);
  const rows = await db().$queryRaw<{ row: string }[]>`
    SELECT to_jsonb(i)::text AS row FROM "Invitation" AS i WHERE email = ${email}
    UNION ALL SELECT to_jsonb(m)::text FROM "Mail" AS m
    UNION ALL SELECT to_jsonb(a)::text FROM "AuditEntry" AS a WHERE "userId" = ${owner.id}`;
  for (const { row } of rows) expect(row).not.toContain(token);
});

it('is sent once the mail server is back', async () => {
  const { owner } = await createMembers();
  const email = newAddress();
  const server = env().EMAIL_SERVER;
  env().EMAIL_SERVER = 'smtp://127.0.0.1:9';
  await invite(owner, email, 'member');
  const waiting = () => db().mail.findFirst({ where: { to: email } });
  await expect.poll(async () => (await waiting())?.lastError ?? null).not.toBeNull();
  env().EMAIL_SERVER = server;
  await db().mail.updateMany({ where: { to: email }, data: { dueAt: new Date(0) } });
  await sendLeftMail();
  await invitationTo(email);
});

it('who is invited again gets a link that works, and the former one does not', async () => {
  const { owner, admin } = await createMembers();
  const email = newAddress();
  await invite(owner, email, 'member');
  const first = await invitationTo(email);
  await invite(admin, email, 'admin');
  const second = await invitationTo(email, 2);
  const [invitation] = await invitationsOf(owner);
  expect(invitation).toMatchObject({ email, role: 'admin' });
  await resendInvitation(owner, invitation?.id ?? '');
  const third = await invitationTo(email, 3);
  expect(await findInvitation(first, null)).toBeNull();
  expect(await findInvitation(second, null)).toBeNull();
  expect(await findInvitation(third, null)).toMatchObject({ state: 'no-account' });
  await revokeInvitation(owner, invitation?.id ?? '');
  expect(await findInvitation(third, null)).toBeNull();
  await expect(resendInvitation(owner, invitation?.id ?? '')).rejects.toMatchObject(notAllowed);
});

it('no team, no person in several, and no inbox gets more e-mails than the limits allow', async () => {
  const tooOften = { problem: 'too-often' };
  const { owner, admin } = await createMembers();
  await invite(owner, many(25), 'member');
  await invite(admin, many(24), 'member');
  await expect(invite(owner, many(2), 'member')).rejects.toMatchObject(tooOften);
  await invite(owner, newAddress(), 'member');
  await expect(invite(admin, newAddress(), 'member')).rejects.toMatchObject(tooOften);
  expect(await db().invitation.count({ where: { teamId: owner.id } })).toBe(50);

  const elsewhere = await createMembers();
  await db().member.create({
    data: { teamId: elsewhere.owner.id, userId: owner.person.id, role: 'admin' },
  });
  const again = { ...owner, id: elsewhere.owner.id };
  await invite(again, many(24), 'member');
  await expect(invite(again, newAddress(), 'member')).rejects.toMatchObject(tooOften);

  const victim = newAddress();
  for (let team = 0; team < 5; team++) {
    await invite((await createMembers()).owner, victim, 'member');
  }
  const sixth = (await createMembers()).owner;
  await expect(invite(sixth, victim, 'member')).rejects.toMatchObject(tooOften);
});

it('who may not invite does not use up what the team may send', async () => {
  const { owner, member } = await createMembers();
  for (let call = 0; call < 3; call++) {
    await expect(invite(member, many(25), 'member')).rejects.toMatchObject(notAllowed);
  }
  await invite(owner, many(25), 'member');
});

it('who was demoted a moment ago invites nobody', async () => {
  const { owner, admin } = await createMembers();
  await changeRole(owner, admin.member, 'member');
  await expect(invite(admin, newAddress(), 'admin')).rejects.toMatchObject(notAllowed);
});

it('the audit says who invited how many and who revoked, and names no address', async () => {
  const { owner, admin } = await createMembers();
  const email = newAddress();
  await invite(owner, `${email} ${newAddress()}`, 'member');
  await revokeInvitation(admin, await idOf(email));
  const entries = await db().auditEntry.findMany({ where: { userId: owner.id } });
  expect(entries.toSorted((a, b) => a.action.localeCompare(b.action))).toMatchObject([
    { action: 'invitation_revoked', personId: admin.person.id },
    { action: 'member_invited', personId: owner.person.id, details: { invitations: 2 } },
  ]);
  expect(JSON.stringify(await auditEntries(owner.id, 9))).not.toContain('@');
});

function newAddress(): string {
  return `${randomUUID()}@example.com`;
}

function many(count: number): string {
  return Array.from({ length: count }, newAddress).join('\n');
}

async function idOf(email: string): Promise<string> {
  return (await db().invitation.findFirstOrThrow({ where: { email } })).id;
}
