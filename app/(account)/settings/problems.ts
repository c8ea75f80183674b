import { findProblem } from '@/lib/billing/notices';

/** Why something in settings did not work, in words: ours, or billing's when an account ends. */
export function findSettingsProblem(key: unknown): { title: string; detail: string } | null {
  return problems.find((problem) => problem.key === key) ?? findProblem(key);
}

const problems = [
  {
    key: 'name',
    title: 'That name is too long',
    detail: 'A name can have up to 100 characters. Nothing was changed.',
  },
  {
    key: 'confirm',
    title: 'That is not your e-mail address',
    detail: 'Type it exactly as it is shown under Sign-in. Nothing was deleted.',
  },
];
