'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { requirePerson, requireUser, type SessionUser } from '@/lib/auth/session';
import { requireClick } from '@/lib/billing/account';
import { urlAfterClick } from '@/lib/billing/click-limit';
import { readersLanguage } from '@/lib/reader';
import { invite, resendInvitation, revokeInvitation } from '@/lib/team/invitations';
import * as members from '@/lib/team/members';
import { movePlan } from '@/lib/team/move-plan';
import { findGivenRole } from '@/lib/team/roles';
import { actFor, createTeam, renameTeam, teamName } from '@/lib/team/teams';

/** From now on this browser acts for the team in the form, or without one for the person alone. */
export async function switchTeam(form: FormData): Promise<never> {
  const team = form.get('team');
  await actFor(await requirePerson('/dashboard'), typeof team === 'string' && team ? team : null);
  lead('/dashboard');
}

/** Makes a team with the name in the form, and acts for it. */
export async function startTeam(form: FormData): Promise<never> {
  const person = await requirePerson('/team/new');
  const name = teamName.safeParse(form.get('name'));
  if (!name.success) redirect('/team/new?problem=name');
  if (!(await createTeam(person, name.data))) redirect('/team/new?problem=too-many');
  lead('/team');
}

/** Gives the team the name in the form. */
export async function saveName(form: FormData): Promise<never> {
  const name = teamName.safeParse(form.get('name'));
  if (!name.success) redirect('/team?problem=name');
  return inTeam((user) => renameTeam(user, name.data));
}

/** Invites the addresses in the form. */
export async function sendInvitations(form: FormData): Promise<never> {
  const role = findGivenRole(form.get('role')) ?? 'member';
  return inTeam(
    async (user) => invite(await inviterOf(user), field(form, 'emails'), role),
    '/team/invite',
  );
}

/** Sends the invitation in the form again. */
export async function resend(form: FormData): Promise<never> {
  return inTeam(async (user) => resendInvitation(await inviterOf(user), field(form, 'invitation')));
}

/** Takes the invitation in the form back. */
export async function revoke(form: FormData): Promise<never> {
  return inTeam((user) => revokeInvitation(user, field(form, 'invitation')));
}

/** Makes the member in the form an admin or a member. */
export async function changeRole(form: FormData): Promise<never> {
  const role = findGivenRole(form.get('role')) ?? 'member';
  return inTeam((user) => members.changeRole(user, field(form, 'member'), role));
}

/** Removes the member in the form. */
export async function remove(form: FormData): Promise<never> {
  return inTeam((user) => members.removeMember(user, field(form, 'member')));
}

/** Offers the team to the member in the form; to nobody any more without one. */
export async function handOver(form: FormData): Promise<never> {
  return inTeam((user) => members.offerTeam(user, field(form, 'member') || null));
}

/** Becomes the owner of the team, which its owner offers. */
export async function accept(): Promise<never> {
  return inTeam((user) => members.acceptTeam(user));
}

/** Leaves the team. */
export async function leave(): Promise<never> {
  return inTeam(async (user) => {
    await members.leaveTeam(user);
    lead('/dashboard');
  });
}

/** Moves the plan that somebody pays for to the team in the form, and acts for it. */
export async function moveToTeam(form: FormData): Promise<never> {
  const click = await requireClick('/team/move');
  const { person, role } = click;
  if (!person || role) notFound();
  const team = field(form, 'team');
  const to = await urlAfterClick(click, '/team/move', async () => {
    try {
      await movePlan(person, team);
      await actFor(person, team);
      return '/billing';
    } catch (error) {
      if (error instanceof members.TeamError) return `/team/move?problem=${error.problem}`;
      throw error;
    }
  });
  revalidatePath('/', 'layout');
  redirect(to);
}

/** @param back where the form was; what was not done is explained there */
async function inTeam(
  work: (user: SessionUser) => Promise<void>,
  back: '/team' | '/team/invite' = '/team',
): Promise<never> {
  const user = await requireUser('/team');
  try {
    await work(user);
  } catch (error) {
    if (error instanceof members.TeamError) redirect(`${back}?problem=${error.problem}`);
    throw error;
  }
  lead('/team');
}

/** The header shows for whom one acts, and the browser keeps it when it navigates. */
function lead(to: '/team' | '/dashboard'): never {
  revalidatePath('/', 'layout');
  redirect(to);
}

async function inviterOf(user: SessionUser) {
  return { ...user, language: await readersLanguage() };
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
