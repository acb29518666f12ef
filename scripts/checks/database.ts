import pg from 'pg';
import { AppError } from '@/lib/errors';
import { connectionProblem } from '../postgres/connection-problem';

const TIMEOUT_MS = 10_000;
const OLDEST = 140_000;

interface Urls {
  url: string;
  ownerUrl: string;
}

interface Seen {
  database: string;
  role: string;
  version: number;
  text: string;
  isStandby: boolean;
  mayCreate: boolean;
}

/** Signs in as both roles and writes as the owner. Throws `unavailable` with what is wrong, without any password. */
export async function checkDatabase({ url, ownerUrl }: Urls): Promise<string> {
  const owner = await look(ownerUrl, 'DATABASE_OWNER_URL', async (client) => {
    await client.query('CREATE TEMPORARY TABLE written (value int) ON COMMIT PRESERVE ROWS');
    await client.query('INSERT INTO written VALUES (1)');
  });
  const role = await look(url, 'DATABASE_URL');
  if (owner.isStandby) throw refused('DATABASE_OWNER_URL leads to a standby, which takes no writes: name the primary.');
  if (owner.version < OLDEST) throw refused(`PostgreSQL 14 or later is needed; this is ${owner.text}.`);
  if (!owner.mayCreate)
    throw refused(`The role ${owner.role} may make no tables: it must own the database ${owner.database}.`);
  if (role.database !== owner.database) {
    throw refused(`DATABASE_URL leads to the database ${role.database}, DATABASE_OWNER_URL to ${owner.database}.`);
  }
  return `PostgreSQL ${owner.text} answers as ${owner.role} and as ${role.role}.`;
}

async function look(
  connectionString: string,
  setting: string,
  work?: (client: pg.Client) => Promise<void>,
): Promise<Seen> {
  const client = new pg.Client({
    connectionString,
    application_name: 'elder-check',
    connectionTimeoutMillis: TIMEOUT_MS,
    statement_timeout: TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Seen>(
      `SELECT current_database() AS database, current_user AS role, current_setting('server_version_num')::int AS version,
         current_setting('server_version') AS text, pg_is_in_recovery() AS "isStandby",
         has_database_privilege(current_database(), 'CREATE') AS "mayCreate"`,
    );
    const [seen] = rows;
    if (!seen) throw refused('PostgreSQL answers nothing.');
    if (!seen.isStandby) await work?.(client);
    return seen;
  } catch (error) {
    const why = connectionProblem(error, setting);
    throw refused(why ?? `${setting}: ${error instanceof Error ? error.message : String(error)}`, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError('unavailable', message, { cause });
}
