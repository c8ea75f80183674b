/** The problem that the address of the projects' page names, or null when it names none of ours. */
export function findProjectsProblem(key: unknown): { title: string; detail: string } | null {
  return problems.find((problem) => problem.key === key) ?? null;
}

const problems = [
  {
    key: 'name',
    title: 'That name does not work',
    detail: 'A name has between 1 and 100 characters. Nothing was changed.',
  },
  {
    key: 'export-failed',
    title: 'The export failed',
    detail: 'It does not count towards your limit. Please try again.',
  },
];
