import type { Route } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { type Owed, openInvoices, owedBy, owedColumns, owingSubscriptions } from '../billing/owed';
import { teams } from '../billing/plans';
import { query } from '../db';
import { Prisma } from '../generated/prisma/client';
import { may, type Right, roles } from '../team/roles';
import { sessionCookie } from './session-cookie';
import { hashToken } from './token-hash';

/** What next-auth makes tokens of; anything else is nobody's, and might be nothing a database takes. */
const TOKEN = /^[\w-]+$/;

const person = z.object({ id: z.string(), email: z.string(), name: z.string().nullable() });

/** Who uses the app: whom they act for, and who they are. The columns of {@link signedInSql}. */
export const sessionUser = z.object({
  /** Of the billing account that they act for: their own, or a team's. */
  id: z.string(),
  /** Where what is said of its billing goes. */
  email: z.string(),
  name: z.string().nullable(),
  /** The language they chose; null follows the browser. */
  locale: z.string().nullable(),
  /** The look they chose; null follows their system. */
  theme: z.string().nullable(),
  /** Where their browser last said that it is; null when it never did. */
  timeZone: z.string().nullable(),
  /** The Stripe customer of the billing account. */
  stripeCustomerId: z.string().nullable(),
  /** Who is signed in, whomever they act for. */
  person,
  /** What they are in the team that they act for; null for themselves. */
  role: z.enum(roles).nullable(),
});

export type SessionUser = z.infer<typeof sessionUser>;
/** Somebody who signs in. */
export type Person = z.infer<typeof person>;

const teamChoices = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * Who is looking at a page, with what every page shows: what is owed, to those who can pay it, and the teams
 * that they can act for.
 */
export type CurrentUser = SessionUser & { owed: Owed | null; teams: z.infer<typeof teamChoices> };

/** The signed-in user, or null. One SQL statement, at most once per request. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const hash = await sessionTokenHash();
  if (!hash) return null;
  const customer = Prisma.sql`"stripeCustomerId"`;
  const [row] = await query<{
    holder: unknown;
    subscriptions: unknown;
    invoices: unknown;
    teams: unknown;
  }>(Prisma.sql`
    SELECT to_jsonb(holder) AS holder, ARRAY(${owingSubscriptions(customer)}) AS subscriptions,
      ARRAY(${openInvoices(customer)}) AS invoices, ARRAY(${teamsSql}) AS teams
    FROM (${signedInSql(hash)}) AS holder`);
  if (!row) return null;
  const user = sessionUser.parse(row.holder);
  const owed = may(user.role, 'manageBilling') ? owedBy(owedColumns.parse(row)) : null;
  return { ...user, owed, teams: teamChoices.parse(row.teams) };
});

/** SQL: the teams that the holder's person is in. */
const teamsSql = Prisma.sql`
  SELECT jsonb_build_object('id', "Team".id, 'name', "Team".name)
  FROM "Member" JOIN "Team" ON "Team".id = "Member"."teamId"
  WHERE "Member"."userId" = holder.person->>'id' AND ${teams !== null}
  ORDER BY "Team".name, "Team".id`;

/**
 * The guard of every page and action behind the sign-in.
 *
 * @param returnTo the page of ours to come back to after signing in
 * @returns the signed-in user; without one it redirects to the sign-in page and does not return
 */
export async function requireUser(returnTo: Route): Promise<SessionUser> {
  return (await currentUser()) ?? redirectToSignIn(returnTo);
}

/** The same for those who have a right where they act. Others come back to the page, which says why not. */
export async function requireRight(
  right: Right,
  page: '/billing' | '/settings',
): Promise<SessionUser> {
  const user = await requireUser(page);
  return may(user.role, right) ? user : redirect(`${page}?problem=not-allowed`);
}

/** The same for what concerns only the person, such as their settings, whomever they act for. */
export async function requirePerson(returnTo: Route): Promise<Person> {
  return (await requireUser(returnTo)).person;
}

export function redirectToSignIn(returnTo: Route): never {
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

/**
 * SQL: the {@link SessionUser} of a session that has not expired, as one row. Reads next-auth's session row
 * directly: `getServerSession` runs three statements for the same answer and cannot extend the cookie from
 * a page either. Who is no longer a member acts for themselves.
 */
export function signedInSql(sessionTokenHash: string): Prisma.Sql {
  return Prisma.sql`
    SELECT COALESCE(team.id, own.id) AS id, COALESCE(team.email, own.email) AS email,
      CASE WHEN team.id IS NULL THEN own.name ELSE team.name END AS name, own.locale, own.theme,
      own."timeZone",
      CASE WHEN team.id IS NULL THEN own."stripeCustomerId" ELSE team."stripeCustomerId" END
        AS "stripeCustomerId",
      jsonb_build_object('id', own.id, 'email', own.email, 'name', own.name) AS person, member.role
    FROM "Session" AS session JOIN "User" AS own ON own.id = session."userId"
    LEFT JOIN "Member" AS member ON member.id = session."actingFor" AND member."userId" = own.id
      AND ${teams !== null}
    LEFT JOIN "Team" AS team ON team.id = member."teamId"
    WHERE session."sessionToken" = ${sessionTokenHash} AND session.expires > ${new Date()}`;
}

/** What the database has of this browser's session token; null without one that could be ours. */
export async function sessionTokenHash(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie())?.value;
  return token && TOKEN.test(token) ? hashToken(token) : null;
}
