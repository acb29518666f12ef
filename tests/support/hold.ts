import pg from 'pg';

const LOCK = 471_147;

export interface Hold extends AsyncDisposable {
  /** Whether a write stands still. */
  isWaiting: () => Promise<boolean>;
  release: () => Promise<void>;
}

/** Makes writes to a table stand still, so that a test can act in the very middle of a step. */
export async function holdWrites(databaseUrl: string, table: string, event: string, condition = 'true'): Promise<Hold> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  await client.query(`
    create or replace function hold_write() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(${LOCK}); return new; end $$;
    create or replace trigger hold_write before ${event} on ${table} for each row when (${condition})
      execute function hold_write()`);
  let isHeld = true;
  const release = async () => {
    if (!isHeld) return;
    isHeld = false;
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
    await client.query(`drop trigger hold_write on ${table}`);
  };
  return {
    isWaiting: async () => {
      const { rows } = await client.query(
        `select 1 from pg_locks l join pg_database d on d.oid = l.database
         where d.datname = current_database() and l.locktype = 'advisory' and l.objid = $1 and not l.granted`,
        [LOCK],
      );
      return rows.length > 0;
    },
    release,
    async [Symbol.asyncDispose]() {
      await release();
      await client.end();
    },
  };
}
