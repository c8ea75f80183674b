import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
      link: z.boolean().default(false),
      integrity: z.string().default(''),
      dependencies: names,
      license: z.string().default('none'),
    }),
  ),
});

/** Licences under which anybody may use and pass on what is installed, without opening their own code. */
const PERMISSIVE =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|MIT and ISC|MIT OR Apache-2\.0)$/;

/** The others, and why each may be here. */
const EXCEPTIONS: Record<string, string> = {
  'seq-queue': 'MIT, as its LICENSE says; its manifest does not. Behind the prisma command',
  'caniuse-lite': 'CC-BY-4.0: data, which Next reads when it builds',
  elkjs: 'EPL-2.0: a part of Prisma Studio, which nothing of ours starts',
  '@fontsource/source-serif-4': 'OFL-1.1: a font, which may be part of anything',
  'axe-core': 'MPL-2.0, unchanged, in tests',
  lightningcss: 'MPL-2.0, unchanged, in tests',
};

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

const installed = Object.entries(packages)
  .filter(([place, { link }]) => place.includes('node_modules/') && !link)
  .map(([place, entry]) => ({ name: place.split('node_modules/').at(-1) ?? '', ...entry }));

it('says of every package which contents it must have', () => {
  expect(installed.length).toBeGreaterThan(300);
  const unsure = installed.filter(({ integrity }) => !integrity.startsWith('sha512-'));
  expect(unsure.map(({ name }) => name)).toEqual([]);
});

it('installs only what anybody may use and pass on', () => {
  const others = installed.filter(({ license }) => !PERMISSIVE.test(license));
  const named = others.map(({ name, license }) => {
    // Beside each of these there is one package for each platform.
    if (name.startsWith('lightningcss-')) return 'lightningcss';
    // LGPL: libvips, which sharp loads as a library. Next brings it for pictures, of which we have none.
    return name.startsWith('@img/') && license.includes('LGPL') ? [] : name;
  });
  expect(new Set(named.flat())).toEqual(new Set(Object.keys(EXCEPTIONS)));
});

it('the image comes with a list of what is in it', () => {
  const [, command = ''] =
    /^RUN (npm sbom .*) > .*\/sbom\.json$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  const [program = '', ...typed] = command.split(' ');
  const { components } = sbom.parse(JSON.parse(execFileSync(program, typed, { encoding: 'utf8' })));
  const inImage = components
    .filter(({ properties }) => !properties.some(({ name }) => name.endsWith(':development')))
    .map(({ name }) => name);
  const dependencies = Object.keys(packages['']?.dependencies ?? {});
  expect(dependencies).toContain('stripe');
  expect(dependencies.filter((name) => !inImage.includes(name))).toEqual([]);
  expect(inImage).not.toContain('vitest');
});

const sbom = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(
    z.object({ name: z.string(), properties: z.array(z.object({ name: z.string() })).default([]) }),
  ),
});

it('continuous integration runs actions as they were reviewed, not as they are now', () => {
  const workflows = readdirSync('.github/workflows').map((name) =>
    readFileSync(path.join('.github/workflows', name), 'utf8'),
  );
  const used = workflows.flatMap((text) => [...text.matchAll(/uses: (.*)/g)]);
  expect(used.length).toBeGreaterThan(0);
  for (const [, action] of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d/);
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
