/** What one check of this installation came to, in words for whoever runs it. */
export type Finding =
  | { check: string; state: 'ok'; says: string }
  /** `mend` says exactly what to do about it. */
  | { check: string; state: 'problem'; says: string; mend: string }
  /** It could not be checked, because of something else that is wrong or not set. */
  | { check: string; state: 'skipped'; says: string };

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says };
}

export function problem(check: string, says: string, mend: string): Finding {
  return { check, state: 'problem', says, mend };
}

export function skipped(check: string, because: string): Finding {
  return { check, state: 'skipped', says: because };
}
