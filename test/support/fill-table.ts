import { readFileSync } from 'node:fs';
import { db } from '../../lib/db';

/** A table of prisma/schema.prisma: the model's name, and the table's in the database. */
export type Table = { model: string; name: string };

/** Every table there is. */
export function tablesOfSchema(): Table[] {
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  return [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(
    ([, model = '', body = '']) => ({
      model,
      name: body.match(/@@map\("(\w+)"\)/)?.[1] ?? model,
    }),
  );
}

/**
 * Adds a row with a value in every column, whatever columns there are.
 *
 * @param own values for some of the columns
 * @param time SQL for every column with a time
 * @returns the texts that were made up, by column: each is found nowhere else
 */
export async function fillTable(
  { model, name }: Table,
  own: Readonly<Record<string, string>>,
  time = 'CURRENT_TIMESTAMP',
): Promise<Map<string, string>> {
  const columns = await db().$queryRaw<{ column: string; type: string }[]>`
    SELECT column_name AS column, data_type AS type FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${name}`;
  const made = new Map<string, string>();
  const values = columns.map(({ column, type }) => {
    const given = own[column];
    if (given !== undefined) return `'${given}'`;
    const mark = `mark-${model}-${column}-${crypto.randomUUID()}`;
    if (type === 'text' || type === 'jsonb' || type === 'ARRAY') made.set(column, mark);
    return sqlOf(type, mark, time);
  });
  const names = columns.map(({ column }) => `"${column}"`);
  await db().$executeRawUnsafe(
    `INSERT INTO "${name}" (${names.join()}) SELECT ${values.join()} ON CONFLICT DO NOTHING`,
  );
  return made;
}

function sqlOf(type: string, mark: string, time: string): string {
  switch (type) {
    case 'text':
      return `'${mark}'`;
    case 'jsonb':
      return `jsonb_build_object('browser', '${mark}')`;
    case 'ARRAY':
      return `ARRAY['${mark}']`;
    case 'boolean':
      return 'FALSE';
    case 'integer':
      return '1';
    case 'bigint':
      // Counts, amounts, ids, and one time in milliseconds.
      return `(extract(epoch FROM ${time}) * 1000)::bigint + floor(random() * 1000)::bigint`;
    default:
      return time;
  }
}
