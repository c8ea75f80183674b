import { parseArgs } from 'node:util';
import {
  type Replayed,
  replayEvents,
  replayFailed,
  replaySince,
} from '@/lib/billing/repair/replay';
import { parseTime, UsageError } from './parse-time';

/**
 * `npm run billing -- replay EVENT… | --failed | --since TIME [--json]`
 *
 * @returns the exit code: 0 when none failed, else 1
 */
export async function replayCommand(typed: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: typed,
    allowPositionals: true,
    options: {
      failed: { type: 'boolean' },
      since: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const chosen = [positionals.length > 0, values.failed, values.since !== undefined];
  if (chosen.filter(Boolean).length !== 1) {
    throw new UsageError('Give ids of events, or --failed, or --since TIME.');
  }
  const wrong = positionals.find((id) => !/^evt_[\w-]+$/.test(id));
  if (wrong !== undefined) {
    throw new UsageError(`"${wrong}" is not the id of an event, which starts with evt_.`);
  }

  const replayed: Replayed[] = [];
  const onEvent = (event: Replayed) => {
    replayed.push(event);
    if (values.json) return;
    const { id, type, status, error } = event;
    console.log(`${id} ${type}: ${status}${error ? ` (${error})` : ''}`);
  };
  if (values.failed) await replayFailed(onEvent);
  else if (values.since !== undefined) await replaySince(parseTime(values.since), onEvent);
  else await replayEvents(positionals, onEvent);

  const failed = replayed.filter(({ status }) => status === 'failed').length;
  if (values.json) console.log(JSON.stringify({ events: replayed }));
  else console.log(`${replayed.length} replayed, ${failed} failed.`);
  return failed > 0 ? 1 : 0;
}
