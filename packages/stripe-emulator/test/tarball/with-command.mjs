import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { roundTrip } from './round-trip.mjs';

let command;
const result = await roundTrip(async (forward) => {
  command = spawn(
    'node_modules/.bin/stripe-emulator',
    ['--memory', '--port', '0', '--json', '--forward', forward],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(command.stdout, 'data');
  return JSON.parse(line);
});
command.kill('SIGTERM');
const [code] = await once(command, 'exit');
console.log(JSON.stringify({ ...result, code }));
