import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache');
const GZIP = 'application/x-gzip';

/**
 * Opens the embedded database whose data is in `dir`, or an empty one in `memory`.
 *
 * Making an empty one takes seconds, unpacking one takes less than one: so the first that is made
 * is kept, packed, for all that follow.
 */
export async function openDatabase(dir: string): Promise<PGlite> {
  if (dir === 'memory') return createDatabase();
  if (!existsSync(dir)) await createData(dir);
  return PGlite.create(dir);
}

async function createDatabase(): Promise<PGlite> {
  const packed = await readPacked();
  if (packed) return PGlite.create({ dataDir: 'memory://', loadDataDir: packed });
  const database = await PGlite.create('memory://');
  await keepPacked(await database.dumpDataDir('gzip'));
  return database;
}

/** Made aside and renamed, so that a crash in the middle leaves no half of a database behind. */
async function createData(dir: string): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(dir), { recursive: true });
  if (!(await readPacked())) await (await createDatabase()).close();
  const packed = await readPacked();
  const database = await PGlite.create({ dataDir: unfinished, loadDataDir: packed });
  await database.close();
  await rename(unfinished, dir);
}

async function readPacked(): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(await packedFile())], { type: GZIP });
  } catch {
    return undefined;
  }
}

async function keepPacked(packed: Blob): Promise<void> {
  const file = await packedFile();
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(unfinished, packed.stream());
  await rename(unfinished, file);
}

/** One for each version of PGlite, whose PostgreSQL reads no other version's data. */
async function packedFile(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(path.resolve(main, '../../package.json'), 'utf8');
  return path.join(CACHE, `postgres-${JSON.parse(manifest).version}.tar.gz`);
}
