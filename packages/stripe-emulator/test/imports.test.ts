import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');

/** What each folder may import besides itself; the files beside the folders put them together. */
const MAY_IMPORT: Record<string, string[]> = {
  core: [],
  engine: ['core'],
  api: ['core', 'engine'],
  control: ['core', 'engine', 'api'],
  versions: ['core', 'engine'],
  pages: ['core', 'engine', 'control', ''],
};

interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
}

const imports = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file))
  .flatMap(importsOf);

describe('the source', () => {
  test('imports nothing that is outside the package', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(shown(imports.filter(({ to }) => to.startsWith('..')))).toEqual([]);
  });

  test.each(Object.entries(MAY_IMPORT))('%s imports from %j at most', (folder, allowed) => {
    const others = imports.filter(
      ({ from, to }) => folderOf(from) === folder && folderOf(to) !== folder,
    );
    expect(shown(others.filter(({ to }) => !allowed.includes(folderOf(to))))).toEqual([]);
  });

  test('has no circle of imports at run time', () => {
    expect(circlesOf(imports.filter(({ isTypeOnly }) => !isTypeOnly))).toEqual([]);
  });

  test('has no circle across folders, not even of types', () => {
    const across = circlesOf(imports).filter((circle) => new Set(circle.map(dirname)).size > 1);
    expect(across).toEqual([]);
  });
});

/** The imports of other files here. One that names only types vanishes when it is compiled. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\b([^;'"]*?)\bfrom '(\.[^']+)'/gms);
  return [...statements].map(([, names = '', specifier = '']) => ({
    from: file,
    to: relative(SOURCE, existing(join(SOURCE, dirname(file), specifier))),
    isTypeOnly: isTypeOnly(names),
  }));
}

function isTypeOnly(names: string): boolean {
  const listed = /\{([^}]*)\}/
    .exec(names)?.[1]
    ?.split(',')
    .filter((name) => name.trim());
  return /^\s*type\b/.test(names) || (listed?.every((name) => /^\s*type\b/.test(name)) ?? false);
}

function existing(path: string): string {
  const ending = ['.ts', '.tsx', '/index.tsx'].find((end) => existsSync(path + end));
  return path + (ending ?? '');
}

function folderOf(file: string): string {
  const [folder = '', ...rest] = file.split(sep);
  return rest.length > 0 ? folder : '';
}

function shown(found: Import[]): string[] {
  return found.map(({ from, to }) => `${from} → ${to}`);
}

/** The files that import each other, however far around: whatever has a way back to itself. */
function circlesOf(found: Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of found) targets.set(from, [...(targets.get(from) ?? []), to]);
  const reach = new Map<string, Set<string>>();
  for (const start of targets.keys()) {
    const seen = new Set<string>();
    const waiting = [start];
    for (const file of waiting) {
      for (const to of targets.get(file) ?? []) {
        if (!seen.has(to)) waiting.push(to);
        seen.add(to);
      }
    }
    reach.set(start, seen);
  }
  const circular = [...reach.keys()].filter((file) => reach.get(file)?.has(file));
  const circles = circular.map((file) =>
    circular
      .filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file))
      .join(' '),
  );
  return [...new Set(circles)].map((circle) => circle.split(' '));
}
