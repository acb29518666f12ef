import pg from 'pg';
import { APPLICATION, adminUrl, type ClusterRecord } from './record';

const FLAGS = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT';

/** Makes the role that the web and the workers sign in as, also in a database of before there was one. */
export async function ensureApplicationLogin(record: ClusterRecord): Promise<void> {
  const { appPassword } = record;
  if (appPassword === undefined) return;
  const client = new pg.Client({ connectionString: adminUrl(record), application_name: 'elder-setup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION]);
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${APPLICATION} ${FLAGS} PASSWORD ${client.escapeLiteral(appPassword)}`);
  } finally {
    await client.end();
  }
}
