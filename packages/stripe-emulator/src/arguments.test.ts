import { describe, expect, test } from 'vitest';
import { HELP, readArguments, UsageError } from './arguments';
import { readOptions } from './options';

describe('the arguments of the command', () => {
  test('become the options of the library', () => {
    const typed =
      '--port 0 --host 0.0.0.0 --dir state --forward http://localhost:3000/hook --name=Shop --json';
    expect(readArguments(typed.split(' '))).toEqual({
      do: 'start',
      json: true,
      options: {
        port: 0,
        host: '0.0.0.0',
        dir: 'state',
        memory: undefined,
        forward: 'http://localhost:3000/hook',
        name: 'Shop',
        seed: undefined,
      },
    });
  });

  test('may be absent: then state is kept in .stripe, on port 4242 of this machine alone', () => {
    const wish = readArguments([]);
    expect(wish.do === 'start' && readOptions(wish.options)).toEqual({
      port: 4242,
      host: '127.0.0.1',
      dir: '.stripe',
      forward: undefined,
      isolateKeys: false,
      name: undefined,
      seed: undefined,
    });
  });

  test.each([
    ['--portt 1', 'There is no option --portt. Did you mean --port?'],
    ['-x', 'There is no option -x.'],
    ['start', 'There is no command start.'],
    ['--port', '--port needs a value.'],
    ['--port --json', '--port needs a value.'],
    ['--port=', '--port needs a value.'],
    ['--port 65536', '--port must be a whole number from 0 to 65535.'],
    ['--port 0x10', '--port must be a whole number from 0 to 65535.'],
    ['--memory=yes', '--memory takes no value.'],
    ['trigger', 'trigger needs an event, such as invoice.paid.'],
    ['trigger a b', 'trigger takes one event.'],
    ['trigger a --custmer b', 'There is no option --custmer. Did you mean --customer?'],
    ['trigger a --customer', '--customer needs a value.'],
    [
      '--memory --dir state',
      '--memory cannot be combined with dir: the state is kept in one of them.',
    ],
    [
      '--forward localhost:3000',
      '--forward must be a URL such as http://localhost:3000/api/webhooks/stripe.',
    ],
  ])('`%s` is refused with a sentence', (typed, message) => {
    expect(() => readArguments(typed.split(' '))).toThrow(new UsageError(message));
  });

  test('are all in the help', () => {
    for (const flag of [
      'port',
      'host',
      'dir',
      'memory',
      'forward',
      'name',
      'seed',
      'json',
      'isolate-keys',
      'customer',
      'url',
      'version',
    ]) {
      expect(HELP).toContain(`--${flag}`);
    }
  });
});
