import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optionalDependencies: names }),
  ),
});

it('locks the packages of every platform, not only of the one it was written on', () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const optional = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies),
  );
  const locked = Object.keys(packages).map((place) => place.split('node_modules/').at(-1));
  expect(optional.filter((name) => !locked.includes(name))).toEqual([]);
});
