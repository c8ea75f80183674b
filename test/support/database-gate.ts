import { afterAll, beforeAll } from 'vitest';
import { db } from '../../lib/db';
import { openPostgresGate, type PostgresGate } from '../chaos/postgres-gate';

/** Puts a gate between the tests of a file and their database. @returns gives it, while a test runs */
export function databaseGate(): () => PostgresGate {
  const { DATABASE_URL = '' } = process.env;
  let gate: PostgresGate;
  beforeAll(async () => {
    gate = await openPostgresGate(DATABASE_URL);
    process.env.DATABASE_URL = gate.url;
  });
  afterAll(async () => {
    await db().$disconnect();
    await gate.close();
    process.env.DATABASE_URL = DATABASE_URL;
  });
  return () => gate;
}
