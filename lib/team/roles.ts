/** What a member of a team can be. */
export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

/**
 * What each role may do in its team. Everybody in a team uses what it has, sees who else is in it, and may
 * leave it, except the owner, who hands it over or deletes it.
 */
export const rights = {
  /** See and change what the team pays: plan, card, invoices, portal. */
  manageBilling: ['owner', 'admin'],
  manageApiKeys: ['owner', 'admin'],
  /** Send, resend and revoke invitations. */
  invite: ['owner', 'admin'],
  removeMembers: ['owner', 'admin'],
  changeRoles: ['owner', 'admin'],
  renameTeam: ['owner', 'admin'],
  leave: ['admin', 'member'],
  handOver: ['owner'],
  /** Give the team the plan that they pay for themselves. */
  movePlan: ['owner'],
  deleteTeam: ['owner'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;

/** @param role null for a person who acts for themselves: nothing of theirs is a team's to forbid */
export function may(role: Role | null, right: Right): boolean {
  const allowed: readonly Role[] = rights[right];
  return role === null || allowed.includes(role);
}

/** What somebody can be made by those who may: the owner hands the team over instead. */
export const givenRoles = ['member', 'admin'] as const satisfies readonly Role[];
export type GivenRole = (typeof givenRoles)[number];

/** The role that a form names, or null. */
export function findGivenRole(name: unknown): GivenRole | null {
  return givenRoles.find((role) => role === name) ?? null;
}
