import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Seed, startStripe } from '../src';
import { readArguments } from '../src/arguments';
import SURFACE from '../src/core/stripe-surface.json';
import { API_VERSION, endpointShape, isIn } from '../src/core/surface';
import { resources } from '../src/resources';
import { emulatorForTests } from './emulator-for-tests';

const PACKAGE = join(import.meta.dirname, '..');
const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
const running = emulatorForTests();

const examples = readdirSync(join(PACKAGE, 'examples'));
const controls = [...readme.matchAll(/^\| `(GET|POST|DELETE) (\/_emulator\/\S+)` \| `(\w+)\(/gm)];
const commands = [...readme.matchAll(/(?<=^|')stripe-emulator( --[^'\n]*)/gm)];

describe('the README', () => {
  test.each(examples)('shows the example %s as it is tested', (example) => {
    expect(readme).toContain(readFileSync(join(PACKAGE, 'examples', example), 'utf8').trimEnd());
  });

  test('names controls that exist, over HTTP and in the library', async () => {
    expect(controls.length).toBeGreaterThan(15);
    for (const [, method, path = '', name = ''] of controls) {
      const reply = await fetch(running.url + path, { method });
      expect(await reply.text(), path).not.toContain('There is no control');
      expect(running.emulator.control).toHaveProperty(name);
    }
  });

  test('names every control of the library', () => {
    const named = controls.map(([, , , name]) => name);
    expect(Object.keys(running.emulator.control).filter((name) => !named.includes(name))).toEqual(
      [],
    );
  });

  test('gives commands that are understood', () => {
    expect(commands.length).toBeGreaterThan(1);
    for (const [, typed = ''] of commands) {
      expect(readArguments(typed.trim().split(' ')).do, typed).toBe('start');
    }
  });

  test('shows a seed that can be planted', async () => {
    const seed: Seed = JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? '');
    const emulator = await startStripe({ port: 0, memory: true, seed });
    const reply = await fetch(`${emulator.url}/v1/subscriptions/sub_ada`, {
      headers: { authorization: 'Bearer sk_test_seed' },
    });
    expect(await reply.json()).toMatchObject({ status: 'active' });
    await emulator.close();
  });

  test('lists the paths that are here, and those that only Stripe has', () => {
    const routes = resources.flatMap((resource) => resource.routes);
    const here = new Set(routes.map(({ segments }) => areaOf(segments)));
    const stripes = Object.keys(SURFACE.endpoints).filter((endpoint) => {
      const shape = endpointShape(endpoint);
      return shape && isIn(API_VERSION, shape);
    });
    const missing = new Set(stripes);
    for (const { method, segments } of routes) {
      missing.delete(`${method} /${segments.join('/').replace(/:\w+/g, ':id')}`);
    }
    const areas = [...new Set(stripes.map((endpoint) => areaOf(endpoint.split('/').slice(1))))];
    expect(listed('Here')).toEqual([...here].sort());
    expect(listed('Not here')).toEqual(areas.filter((area) => !here.has(area)).sort());
    expect(listed('Not here, of those')).toEqual(
      [...missing]
        .filter((endpoint) => here.has(areaOf(endpoint.split('/').slice(1))))
        .map((endpoint) => endpoint.replace('/v1/', ''))
        .sort(),
    );
  });

  test('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !existsSync(join(PACKAGE, link)))).toEqual([]);
  });
});

/** What follows the version in a path, with what follows that where Stripe groups resources. */
function areaOf([version, area = '', resource = '']: readonly string[]): string {
  const groups = /^(billing|billing_portal|checkout|core|entitlements|radar|test_helpers)$/;
  const path = groups.test(area) ? `${area}/${resource}` : area;
  return version === 'v2' ? `v2/${path}` : path;
}

/** The paths in the item of the list that begins with a word in bold. */
function listed(word: string): string[] {
  const line = readme.split('\n').find((one) => one.startsWith(`- **${word}:**`)) ?? '';
  return [...line.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
}
