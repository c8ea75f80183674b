import path from 'node:path';
import { styleText } from 'node:util';
import type { Finding } from '@/lib/finding';
import { loadCommandEnvironment } from '../dev/shared-environment';
import { examine } from './doctor/examine';
import { withoutSecrets } from './doctor/without-secrets';

const MIGRATIONS = 'prisma/migrations';
const SYMBOLS = { ok: ['green', '✓'], problem: ['red', '✗'], skipped: ['dim', '–'] } as const;

/** `npm run doctor`: what is wrong with this installation, and how to mend it. Changes nothing. */
async function main(): Promise<number> {
  await loadCommandEnvironment(process.cwd());
  const hide = withoutSecrets({ ...process.env });
  const findings = await examine(path.resolve(MIGRATIONS));
  const problems = findings.filter(({ state }) => state === 'problem').length;
  if (process.argv.includes('--json')) {
    console.log(hide(JSON.stringify({ ok: problems === 0, findings }, null, 2)));
  } else {
    for (const finding of findings) console.log(hide(asText(finding)));
    console.log(
      problems === 0
        ? '\nNothing is wrong.'
        : `\n${count(problems)} to mend. docs/going-live.md goes through all of it in order.`,
    );
  }
  return problems === 0 ? 0 : 1;
}

function asText(finding: Finding): string {
  const [colour, symbol] = SYMBOLS[finding.state];
  const says = finding.state === 'skipped' ? `skipped: ${finding.says}` : finding.says;
  const line = `${styled(colour, symbol)} ${finding.check.padEnd(19)}${says}`;
  return finding.state === 'problem' ? `${line}\n  ${' '.repeat(19)}→ ${finding.mend}` : line;
}

function count(problems: number): string {
  return problems === 1 ? '1 problem' : `${problems} problems`;
}

/** Plain where it is read by a program, or by a person who asked for no colour. */
function styled(style: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

process.exit(await main());
