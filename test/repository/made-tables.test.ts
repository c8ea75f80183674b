import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { freePlan } from '@/lib/billing/plans';
import { type Role, rights, roles } from '@/lib/team/roles';
import { english } from '@/lib/words/english';

// Tables in the documents that are made from the data that the app uses. Run with -u to make them again.

it.each([
  ['docs/access.md', circumstancesTable],
  ['docs/teams.md', rightsTable],
])('%s has the table that the app goes by', async (file, table) => {
  const [before, , after] = readFileSync(file, 'utf8').split(
    /(?<=<!-- table -->\n)|(?=<!-- end of table -->)/,
  );
  const document = [before, table(), after].join('');
  await expect(document).toMatchFileSnapshot(`../../${file}`);
});

/** With the comment on each row. */
function circumstancesTable(): string {
  const source = readFileSync('lib/billing/circumstances.ts', 'utf8');
  const comments = source.matchAll(/\/\*\* (.+) \*\/\n {2}(\w+): \{/g);
  const when = new Map([...comments].map(([, comment, name]) => [name, comment]));
  const names = Object.keys(circumstances).filter(
    (name): name is CircumstanceName => name in circumstances,
  );
  const rows = names
    .map((name) => [name, circumstances[name], english.circumstances[name]] as const)
    .map(([name, row, told]) => [
      `\`${name}\``,
      when.get(name),
      row.access === 'plan' ? 'the plan' : freePlan.name,
      `**${told.title}.** ${told.detail}`,
      row.action ? english.actions[row.action] : '',
    ]);
  return tableOf(['state', 'when', 'access', 'what the person is told', 'what they can do'], rows);
}

function rightsTable(): string {
  const rows = Object.entries(rights).map(([right, allowed]: [string, readonly Role[]]) => [
    `\`${right}\``,
    ...roles.map((role) => (allowed.includes(role) ? 'yes' : '')),
  ]);
  return tableOf(['', ...roles], rows);
}

function tableOf(head: string[], rows: (string | undefined)[][]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `\n${lines.join('\n')}\n\n`;
}
