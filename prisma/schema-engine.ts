import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** PostgreSQL's object ids of its catalogue's one-byte type "char" and of character(n). */
const CHAR_OID = 18;
const BPCHAR_OID = 1042;
/** Marks, between the driver and the adapter, a column that is a "char". */
const CHAR_MARK = '\u0000char:';

/**
 * Does some work with Prisma's own schema engine, the one behind `prisma migrate`, in WebAssembly:
 * nothing to download and the same on every machine. It talks to the database at `url`, which also
 * serves as the shadow database when one is asked for (so hand it an empty one for that).
 *
 * @throws what the engine throws: an Error with Prisma's own message and `code` (P1001, P3018 …)
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate();
  const database = new SchemaPg({ connectionString: url, max: 1 });
  const factory = bindMigrationAwareSqlAdapterFactory(database);
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await database.close();
  }
}

let instance: Promise<void> | undefined;

function instantiate(): Promise<void> {
  instance ??= (async () => {
    const glue = createRequire(import.meta.url).resolve(
      '@prisma/schema-engine-wasm/schema_engine_bg',
    );
    const { instance: wasm } = await WebAssembly.instantiate(
      await readFile(glue.replace(/\.js$/, '.wasm')),
      { './schema_engine_bg.js': { ...bindings } },
    );
    bindings.__wbg_set_wasm(wasm.exports);
    const start = wasm.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return instance;
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** Prisma's adapter, mended where the schema engine needs more of it than the client does. */
class SchemaPg extends PrismaPg {
  readonly #open: Adapter[] = [];

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    this.#open.push(adapter);
    readCharColumns(adapter);
    sendScriptsWhole(adapter);
    return adapter;
  }

  override connectToShadowDb(): Promise<Adapter> {
    return this.connect();
  }

  /** Some of the engine's commands have closed their connections by themselves. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#open.map((adapter) => adapter.dispose()));
  }
}

/** The adapter refuses the type "char", which the catalogue is full of; the engine knows it well. */
function readCharColumns(adapter: Adapter): void {
  const pool = adapter.underlyingDriver();
  const query = pool.query.bind(pool);
  Object.assign(pool, {
    async query(config: Parameters<typeof query>[0]) {
      const result = await query(config);
      for (const field of result.fields ?? []) {
        if (field.dataTypeID !== CHAR_OID) continue;
        field.dataTypeID = BPCHAR_OID;
        field.name = CHAR_MARK + field.name;
      }
      return result;
    },
  });
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sql: SqlQuery) => {
    const result = await queryRaw(sql);
    return {
      ...result,
      columnNames: result.columnNames.map((name) => name.replace(CHAR_MARK, '')),
      columnTypes: result.columnTypes.map((type, index) =>
        result.columnNames[index]?.startsWith(CHAR_MARK) ? ColumnTypeEnum.Character : type,
      ),
    };
  };
}

/** The adapter cuts scripts at every semicolon, even inside a function's body or a string. */
function sendScriptsWhole(adapter: Adapter): void {
  adapter.executeScript = async (script: string) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
}
