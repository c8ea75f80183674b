import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

// The example product: projects, their export, API keys, and what shows how to take it out.

/** Files and folders that are nothing else. */
export const exampleFiles = [
  'app/(account)/projects',
  'app/(account)/settings/api-keys',
  'app/api/projects',
  'docs/api.md',
  'e2e/api-keys.spec.ts',
  'e2e/projects.spec.ts',
  'lib/api-keys.ts',
  'lib/api-user.ts',
  'lib/projects',
  'lib/usage/create-within.test.ts',
  'scripts/remove-example.ts',
  'test/repository/example-product.test.ts',
  'test/repository/example-product.ts',
] as const;

/** Where the rest of the app mentions it: each is found exactly once, and replaced. */
export const exampleMentions: readonly (readonly [file: string, found: RegExp, instead: string])[] =
  [
    ['components/page-shell.tsx', /^ *\{ href: '\/projects', .*\n/m, ''],
    ['app/(account)/dashboard/page.tsx', /^import .*projects-home';\n/m, ''],
    ['app/(account)/dashboard/page.tsx', /^import .*recent-activity';\n/m, ''],
    ['app/(account)/dashboard/page.tsx', /^ *<ProjectsHome .*\n/m, ''],
    ['app/(account)/dashboard/page.tsx', /^ *<RecentActivity .*\n/m, ''],
    ['app/(account)/settings/page.tsx', /^import .*api-keys';\n/m, ''],
    ['app/(account)/settings/page.tsx', /^ *<ApiKeys .*\n/m, ''],
    ['lib/usage/counted-rows.ts', /countedRows = \{\n.*\n\} as const/, 'countedRows = {} as const'],
    ['lib/usage/at-once.test.ts', /^it\('of two hundred that create [\s\S]*?^\}\);\n\n/m, ''],
    ['test/support/use-at-once.ts', /^import .*create-within';\n/m, ''],
    [
      'test/support/use-at-once.ts',
      /^ {2}if \(limit === 'exports'\) (return .*\n)[\s\S]*?^\}/m,
      '  $1}',
    ],
    ['e2e/two-instances.spec.ts', /^import .*api-keys';\n/m, ''],
    ['e2e/two-instances.spec.ts', /^test\('the API’s limit [\s\S]*?^\}\);\n\n/m, ''],
    ['prisma/schema.prisma', /^ *projects +Project\[\]\n/m, ''],
    ['prisma/schema.prisma', /^ *apiKeys +ApiKey\[\]\n/m, ''],
    ['prisma/schema.prisma', /^ *keys +ApiKey\[\]\n/m, ''],
    ['prisma/schema.prisma', /\n^\/\/ ── The example product ─+\n/m, ''],
    ['prisma/schema.prisma', /\nmodel Project \{[\s\S]*?^\}\n/m, ''],
    ['prisma/schema.prisma', /\nmodel ApiKey \{[\s\S]*?^\}\n/m, ''],
    ['prisma/seed.ts', /, with two projects,/, ''],
    [
      'prisma/seed.ts',
      /\{\n( *await subscribe\(customer, person\.name\);)\n.*createProjects.*\n *\}/,
      '{\n$1\n  }',
    ],
    ['prisma/seed.ts', /^async function createProjects[\s\S]*?^\}\n\n?/m, ''],
    ['lib/team/move-plan.ts', /^import .*move-projects';\n/m, ''],
    ['lib/team/move-plan.ts', /^ *await moveProjects\(.*\n/m, ''],
    ['lib/team/move-plan.ts', /async \(transaction, member\) =>/, 'async (transaction) =>'],
    ['lib/own-data.ts', /^ *projects: true,\n *apiKeys: .*\n/m, ''],
    ['lib/own-data.ts', /^ *keys: .*\n/m, ''],
    ['lib/own-data.test.ts', /^ *memberId: .*\n/m, ''],
    ['lib/own-data.test.ts', /^ *'ApiKey\.hash',\n/m, ''],
    ['lib/retention.ts', /^ *Project: WITH_ACCOUNT,\n *ApiKey: WITH_ACCOUNT,\n/m, ''],
    ['lib/words/english.tsx', /^ {2}projects: \{\n[\s\S]*?^ {2}\},\n/m, ''],
    ['lib/words/english.tsx', /^ {2}apiKeys: \{\n[\s\S]*?^ {2}\},\n/m, ''],
    ['lib/words/german.tsx', /^ {2}projects: \{\n[\s\S]*?^ {2}\},\n/m, ''],
    ['lib/words/german.tsx', /^ {2}apiKeys: \{\n[\s\S]*?^ {2}\},\n/m, ''],
    ['CONTRIBUTING.md', /^## Take out the example product\n[\s\S]*?(?=^## )/m, ''],
    ['README.md', /^\| `npm run remove-example` .*\n/m, ''],
    ['package.json', /^ *"remove-example": .*\n/m, ''],
    ['.ci/run', /^count npm run remove-example .*\n/m, ''],
    ['.ci/run', /, the\n# app without its example product,/, ','],
  ];

/**
 * Takes the example product out of a copy of the repository.
 *
 * @throws Error when a mention is not found exactly once: the list above is out of date
 */
export async function removeExample(root: string): Promise<void> {
  for (const [file, found, instead] of exampleMentions) {
    const text = await readFile(path.join(root, file), 'utf8');
    const times = text.match(new RegExp(found, `${found.flags}g`))?.length ?? 0;
    if (times !== 1) throw new Error(`${file} has ${found} ${times} times instead of once.`);
    await writeFile(path.join(root, file), text.replace(found, instead));
  }
  for (const file of exampleFiles) await rm(path.join(root, file), { recursive: true });
}
