import { findProblem } from '@/lib/billing/notices';

/** The problem to show in settings: one of its own, or one of billing's when deleting an account. */
export function findSettingsProblem(key: unknown): { title: string; detail: string } | null {
  return problems.find((problem) => problem.key === key) ?? findProblem(key);
}

const problems = [
  {
    key: 'name',
    title: 'That name is too long',
    detail: 'A name can have up to 100 characters. Your profile was not changed.',
  },
  {
    key: 'confirm',
    title: 'That is not your e-mail address',
    detail: 'Type it exactly as shown under Sign-in. Your account was not deleted.',
  },
];
