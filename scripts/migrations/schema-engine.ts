import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQuery } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const CHAR = 18;
const TIME = 1083;
const NO_CHANGE = 0;

/** The SQL that leads from a database to the schema, by Prisma's engine as WebAssembly; null when nothing is to be done. */
export async function diffSchema(connectionString: string, schemaFile: string): Promise<string | null> {
  loadEngine();
  const schema = { path: schemaFile, content: readFileSync(schemaFile, 'utf8') };
  const pool = new pg.Pool({ connectionString, max: 3 });
  const adapter = bindMigrationAwareSqlAdapterFactory(openAdapter(pool));
  const engine = await glue.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapter);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: '.' },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === NO_CHANGE ? null : stdout;
  } finally {
    engine.free();
    await pool.end();
  }
}

function loadEngine(): void {
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/\.js$/, '_bg.wasm');
  const module = new WebAssembly.Module(readFileSync(file));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': { ...glue } });
  const { __wbg_set_wasm: setWasm } = glue as unknown as { __wbg_set_wasm: (exports: object) => void };
  setWasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

// The adapter refuses PostgreSQL's internal type "char", which the catalogue is full of. It passes as a time, which the
// catalogue never holds, and becomes a character again on the way to the engine.
function openAdapter(pool: pg.Pool): PrismaPg {
  pool.on('connect', (client) => {
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
    connection.prependListener('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = TIME;
    });
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    async connect() {
      const adapter = await connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      return Object.assign(adapter, {
        async queryRaw(query: SqlQuery) {
          const result = await queryRaw(query);
          const columnTypes = result.columnTypes.map((type) =>
            type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
          );
          return { ...result, columnTypes };
        },
      });
    },
  });
}
