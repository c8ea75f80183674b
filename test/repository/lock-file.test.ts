import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      optionalDependencies: names,
      extraneous: z.boolean().default(false),
      resolved: z.string().optional(),
    }),
  ),
});

const { packages } = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

it('locks the packages of every platform, not only of the one it was written on', () => {
  const optional = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies),
  );
  const locked = Object.keys(packages).map((place) => place.split('node_modules/').at(-1));
  expect(optional.filter((name) => !locked.includes(name))).toEqual([]);
});

it('locks nothing that an installation leaves out, which would look incomplete at every start', () => {
  const leftOut = Object.entries(packages).filter(([, entry]) => entry.extraneous);
  expect(leftOut.map(([place]) => place)).toEqual([]);
});

it('names no registry, so that everybody installs from their own', () => {
  const addresses = Object.values(packages).flatMap(({ resolved = '' }) => resolved);
  expect(addresses.filter((address) => address.includes('://'))).toEqual([]);
});

it('the image installs from the manifest of every package in the repository', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const workspaces = Object.keys(packages).filter((place) => place.startsWith('packages/'));
  expect(workspaces.length).toBeGreaterThan(0);
  for (const place of workspaces) {
    expect(existsSync(path.join(place, 'package.json'))).toBe(true);
    expect(dockerfile).toContain(`COPY ${place}/package.json ${place}/\n`);
  }
});
