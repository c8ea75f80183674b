import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { freePlan } from '@/lib/billing/plans';
import { english } from '@/lib/words/english';

// The table in docs/access.md is made from the data that the app uses, and from the comment on each row.
// Run with -u to make it again.

it('docs/access.md has the table of circumstances', async () => {
  const [before, , after] = readFileSync('docs/access.md', 'utf8').split(
    /(?<=<!-- table -->\n)|(?=<!-- end of table -->)/,
  );
  const document = [before, table(), after].join('');
  await expect(document).toMatchFileSnapshot('../../docs/access.md');
});

function table(): string {
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
  const head = ['state', 'when', 'access', 'what the person is told', 'what they can do'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `\n${lines.join('\n')}\n\n`;
}
