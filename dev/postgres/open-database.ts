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
 * Creating an empty database takes seconds, and unpacking one takes less than a second. So the first one
 * created is kept as an archive for all later ones.
 */
export async function openDatabase(dir: string): Promise<PGlite> {
  if (dir === 'memory') return createDatabase();
  if (!existsSync(dir)) await createData(dir);
  return PGlite.create(dir);
}

async function createDatabase(): Promise<PGlite> {
  const archive = await readArchive();
  if (archive) return PGlite.create({ dataDir: 'memory://', loadDataDir: archive });
  const database = await PGlite.create('memory://');
  await keepArchive(await database.dumpDataDir('gzip'));
  return database;
}

/** Created under another name first, so that a crash never leaves half a database. */
async function createData(dir: string): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(dir), { recursive: true });
  if (!(await readArchive())) await (await createDatabase()).close();
  const archive = await readArchive();
  const database = await PGlite.create({ dataDir: unfinished, loadDataDir: archive });
  await database.close();
  await rename(unfinished, dir);
}

async function readArchive(): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(await archiveFile())], { type: GZIP });
  } catch {
    return undefined;
  }
}

async function keepArchive(archive: Blob): Promise<void> {
  const file = await archiveFile();
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(unfinished, archive.stream());
  await rename(unfinished, file);
}

/** One per version of PGlite, because PostgreSQL cannot read another version's data. */
async function archiveFile(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(path.resolve(main, '../../package.json'), 'utf8');
  return path.join(CACHE, `postgres-${JSON.parse(manifest).version}.tar.gz`);
}
