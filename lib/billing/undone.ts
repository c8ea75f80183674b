/**
 * Why the app itself ended a plan that had just begun, as it is noted in the comment on the cancellation
 * at Stripe. The mirror has the comment, so whoever shows or mails the end can say why.
 */
export const undoneComments = {
  'second-plan': 'Ended by the app: there was a plan already.',
  'trial-used': 'Ended by the app: this person or card had a trial before.',
} as const;

export type Undone = keyof typeof undoneComments;

/** Why the app ended the plan with this comment; null when it did not. */
export function whyUndone(comment: string | null | undefined): Undone | null {
  if (comment === undoneComments['second-plan']) return 'second-plan';
  return comment === undoneComments['trial-used'] ? 'trial-used' : null;
}
