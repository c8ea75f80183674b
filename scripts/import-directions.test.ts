import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

// Which folder may import which, and that nothing imports in a circle. docs/decisions.md says why.

/** The folders of the repository as imports see them: the first match decides. */
const rooms: readonly (readonly [name: string, files: RegExp])[] = [
  ['generated', /^lib\/generated\//],
  ['mirror', /^lib\/billing\/mirror\//],
  ['webhook', /^lib\/billing\/webhook\//],
  ['repair', /^lib\/billing\/repair\//],
  ['setup', /^lib\/billing\/setup\//],
  // What every room of billing may use.
  [
    'billing base',
    /^lib\/billing\/(catalogue-objects|change-direction|change-facts|changes|deliver-changes|derive-changes|errors|json-columns|notices|pace|payment-failure|plans|stripe|subscription-status)\.ts$/,
  ],
  ['billing', /^lib\/billing\//],
  ['packages', /^packages\//],
  ...['app', 'components', 'lib', 'prisma', 'dev', 'scripts', 'test', 'e2e'].map(
    (name) => [name, new RegExp(`^${name}/`)] as const,
  ),
  // These configure tools, and nothing imports them.
  ['configuration', /^[^/]+\.config\.\w+$/],
  ['root', /^[^/]+$/],
];

const base = ['billing base', 'lib', 'generated'];
const everythingInLib = [...base, 'billing', 'mirror', 'webhook', 'repair', 'setup'];

/** What each may import besides itself. Those without an entry may import everything. */
const allowed: Record<string, readonly string[]> = {
  root: ['lib', 'billing base'],
  app: ['components', 'lib', 'billing', 'billing base', 'webhook', 'repair'],
  components: ['lib', 'billing', 'billing base'],
  lib: ['generated', 'billing', 'billing base'],
  'billing base': ['lib', 'generated'],
  mirror: base,
  webhook: [...base, 'mirror'],
  repair: [...base, 'mirror', 'webhook'],
  setup: [...base, 'webhook'],
  billing: [...base, 'mirror', 'webhook'],
  generated: [],
  packages: [],
  prisma: everythingInLib,
  dev: [...everythingInLib, 'packages', 'prisma'],
  scripts: [...everythingInLib, 'packages', 'prisma', 'dev', 'test'],
};

/** What browsers must never be sent. */
const onServerOnly =
  /^(lib\/(db|env)\.ts|lib\/generated\/.*|lib\/billing\/stripe\.ts|stripe|next\/headers|pg|@prisma\/.*|node:.*)$/;

type Import = { from: string; to: string; isTypeOnly: boolean };

const files = sourcesIn('');
const isFile = new Set(files);
const workspaces = new Set(readdirSync('packages'));
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const imports = files.flatMap(importsOf);

it('each folder imports only what it may', () => {
  expect(imports.length).toBeGreaterThan(1_000);
  const wrong = imports.filter(({ from, to }) => {
    const [room, target] = [roomOf(from), roomOf(to)];
    if (room === target || isTest(from)) return false;
    return isOurs(to) && allowed[room]?.includes(target) === false;
  });
  expect(wrong.map(describe)).toEqual([]);
});

it('packages import nothing of the app, not even in their tests', () => {
  const wrong = imports.filter(
    ({ from, to }) => roomOf(from) === 'packages' && isOurs(to) && roomOf(to) !== 'packages',
  );
  expect(wrong.map(describe)).toEqual([]);
});

it('only lib/billing imports Stripe', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      to === 'stripe' && !isTest(from) && /^(app|components|lib(?!\/billing\/)|[^/]+$)/.test(from),
  );
  expect(wrong.map(describe)).toEqual([]);
});

it('only the sync writes the mirror', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      to === 'lib/billing/mirror/write.ts' &&
      from !== 'lib/billing/mirror/sync.ts' &&
      !isTest(from),
  );
  expect(wrong.map(describe)).toEqual([]);
  const writes =
    /\.(customer|subscription|invoice)\.(create|update|upsert|delete)\w*\(|(INSERT INTO|UPDATE|DELETE FROM) "(Customer|Subscription|Invoice)"/g;
  const found = files
    .filter((file) => /^(app|components|lib)\//.test(file) && !isTest(file))
    .filter((file) => !['generated', 'mirror'].includes(roomOf(file)))
    .flatMap((file) => [...(text.get(file) ?? '').matchAll(writes)].map(([call]) => [file, call]));
  // It says whose a customer is; the mirror fills the rest of the row.
  const owner = ['.customer.createMany(', '.customer.updateMany('];
  expect(found).toEqual(owner.map((call) => ['lib/billing/customer.ts', call]));
});

it('components in the browser import nothing of the server', () => {
  const clients = files.filter((file) => /^['"]use client['"]/.test(text.get(file) ?? ''));
  expect(clients.length).toBeGreaterThan(3);
  const wrong = clients.flatMap((client) =>
    reachable(client)
      .filter((file) => onServerOnly.test(file))
      .map((file) => `${client} reaches ${file}`),
  );
  expect(wrong).toEqual([]);
});

it('browser tests have an app of their own, and load nothing that only Next can', () => {
  const specs = files.filter((file) => file.startsWith('e2e/'));
  expect(specs.length).toBeGreaterThan(10);
  const reached = specs.map((spec) => [spec, reachable(spec)] as const);
  const shared = reached.filter(([, all]) => !all.includes('test/support/own-world.ts'));
  const wrong = reached.flatMap(([spec, all]) =>
    all
      .filter((file) => /^next\/(headers|cache|server)$/.test(file))
      .map((file) => `${spec} reaches ${file}`),
  );
  expect([...wrong, ...shared.map(([spec]) => `${spec} has none`)]).toEqual([]);
});

it('nothing imports in a circle when it runs', () => {
  expect(cycles(imports.filter(({ isTypeOnly }) => !isTypeOnly))).toEqual([]);
});

it('types import in a circle only inside one folder', () => {
  const own = imports.filter(({ from }) => /^(app|components|lib)\//.test(from));
  const wrong = cycles(own).filter((cycle) => new Set(cycle.map(path.dirname)).size > 1);
  expect(wrong).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder || '.', { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return /\.(tsx?|mjs)$/.test(entry.name) ? [file] : [];
    return /^(\.|node_modules$|dist$|vendor$)/.test(entry.name) ? [] : sourcesIn(file);
  });
}

function importsOf(from: string): Import[] {
  const source = text.get(from) ?? '';
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:([^;'"]*?)\sfrom\s+)?'([^']+)'/gm,
  );
  const calls = source.matchAll(/\bimport\('([^']+)'\)/g);
  return [
    ...[...statements].map(([, type, names = '', to = '']) => ({
      from,
      to: resolve(from, to),
      isTypeOnly: Boolean(type) || isTypesOnly(names),
    })),
    ...[...calls].map(([, to = '']) => ({ from, to: resolve(from, to), isTypeOnly: false })),
  ];
}

/** Whether every name in braces is a type: `{ type A, type B }`. */
function isTypesOnly(names: string): boolean {
  const [, inner] = /^\{([^}]*)\}$/.exec(names.trim()) ?? [];
  const each = inner?.split(',').filter((name) => name.trim());
  return each?.every((name) => name.trim().startsWith('type ')) ?? false;
}

/** The file that is imported, or the folder of a package of ours; other packages' names stay. */
function resolve(from: string, to: string): string {
  const [name = to] = to.split('/');
  if (workspaces.has(name)) return `packages/${name}/`;
  if (!/^(\.|@\/)/.test(to)) return to;
  const target = to.startsWith('@/') ? to.slice(2) : path.join(path.dirname(from), to);
  const candidates = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => target + end);
  return candidates.find((candidate) => isFile.has(candidate)) ?? target;
}

function isOurs(to: string): boolean {
  return isFile.has(to) || to.startsWith('packages/');
}

function roomOf(file: string): string {
  return rooms.find(([, pattern]) => pattern.test(file))?.[0] ?? file;
}

function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file);
}

/** What comes into the browser with a client component. Server actions are only called from there. */
function reachable(client: string): string[] {
  const seen = new Set([client]);
  for (const file of seen) {
    if (/^['"]use server['"]/.test(text.get(file) ?? '')) continue;
    for (const { from, to, isTypeOnly } of imports) {
      if (from === file && !isTypeOnly && !isServerAction(to)) seen.add(to);
    }
  }
  return [...seen];
}

function isServerAction(file: string): boolean {
  return /^['"]use server['"]/.test(text.get(file) ?? '');
}

/** One cycle for each file that was found to be in one, as the files along it. */
function cycles(edges: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) found.push(trail.slice(trail.indexOf(file)));
    if (done.has(file) || trail.includes(file)) return;
    for (const to of targets.get(file) ?? []) if (isFile.has(to)) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

function describe({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
