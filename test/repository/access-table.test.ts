import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { actionLabels, circumstances } from '@/lib/billing/circumstances';

// The table in docs/access.md is made from the data that the app uses. Run with -u to make it again.

it('docs/access.md has the table of circumstances', async () => {
  const [before, , after] = readFileSync('docs/access.md', 'utf8').split(
    /(?<=<!-- table -->\n)|(?=<!-- end of table -->)/,
  );
  const document = [before, table(), after].join('');
  await expect(document).toMatchFileSnapshot('../../docs/access.md');
});

function table(): string {
  const rows = Object.entries(circumstances).map(([name, row]) => [
    `\`${name}\``,
    row.when,
    row.access === 'plan' ? 'the plan' : 'free',
    `**${row.title}.** ${row.detail}`,
    row.action ? actionLabels[row.action] : '',
  ]);
  const head = ['state', 'when', 'access', 'what the person is told', 'what they can do'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `\n${lines.join('\n')}\n\n`;
}
