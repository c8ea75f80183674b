import { readFile } from 'node:fs/promises';
import { fire } from './load';
import type { App, World } from './places';
import { aligned } from './report';
import { clicks } from './shots';

/** What a click costs so many processes on one database, and how much memory each has afterwards. */
export interface ProcessesLine {
  processes: number;
  /** CPU time of all of them together, the time of PostgreSQL and of the load not included. */
  cpuMilliseconds: number;
  /** Of the largest, resident. */
  mebibytes: number;
}

const NUMBERS = [1, 2, 4];
const WARM_UP = 4_000;
const CLICKS = 6_000;
const AT_ONCE = 16;
/** Clock ticks are a hundredth of a second on Linux, whatever the kernel counts in. */
const TICK_MILLISECONDS = 10;

/** Measures it with one process, then with more. CPU time says more than speed when all share two cores. */
export async function measureProcesses(
  { model, places, startAnother }: World,
  signal: AbortSignal,
): Promise<ProcessesLine[]> {
  const customers = places.at(-1)?.customers ?? 0;
  const apps: App[] = [];
  const lines: ProcessesLine[] = [];
  const click = async (app: App, count: number, atOnce: number) => {
    const shots = await clicks(model, customers, { app: app.origin, count });
    return fire(app.origin, shots, { atOnce, signal });
  };
  for (const processes of NUMBERS) {
    while (apps.length < processes) {
      const app = await startAnother();
      await click(app, WARM_UP, AT_ONCE);
      apps.push(app);
    }
    const before = await cpuOf(apps);
    const speeds = await Promise.all(
      apps.map((app) => click(app, CLICKS / processes, AT_ONCE / processes)),
    );
    const cpu = (await cpuOf(apps)) - before;
    const count = speeds.reduce((sum, speed) => sum + speed.count, 0);
    const memory = await Promise.all(apps.map(memoryOf));
    lines.push({ processes, cpuMilliseconds: cpu / count, mebibytes: Math.max(...memory) });
  }
  return lines;
}

export function processTable(lines: readonly ProcessesLine[]): string {
  return aligned(
    [
      ['processes', 'CPU ms per click', 'resident MiB after it'],
      ...lines.map(({ processes, cpuMilliseconds, mebibytes }) => [
        String(processes),
        cpuMilliseconds.toFixed(2),
        mebibytes.toFixed(0),
      ]),
    ],
    0,
  );
}

/** CPU time so far, in milliseconds. */
async function cpuOf(apps: readonly App[]): Promise<number> {
  const times = await Promise.all(
    apps.map(async ({ pid }) => {
      // Behind the name in brackets, which may have spaces, these are the 12th and 13th fields.
      const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
      const [user, system] = fields.split(' ').slice(11, 13).map(Number);
      return ((user ?? Number.NaN) + (system ?? Number.NaN)) * TICK_MILLISECONDS;
    }),
  );
  return times.reduce((sum, time) => sum + time, 0);
}

async function memoryOf({ pid }: App): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
