import pg from 'pg';
import { userOf } from '@/lib/database-url';
import { AppError } from '@/lib/errors';
import { MIGRATION_LOCK } from '@/lib/migration-history';
import { QUEUE_SCHEMA } from './apply';

/** Whom the web and the workers are to the database: see docs/operations.md. */
export interface ApplicationRole {
  /** Null where they can only be the owner. */
  role: string | null;
  /** Whether they take it with SET ROLE; else they sign in as it. */
  isTaken: boolean;
}

interface Settings {
  ownerUrl: string;
  applicationUrl: string;
  /** The role they are told to take. */
  role?: string | undefined;
}

const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** Tables of which less is granted than all rows to read and write. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  // Written down is written down. Evidence goes with its project, which the database sees to as the owner.
  audit_log: ['SELECT', 'INSERT'],
  audit_log_heads: ['SELECT', 'INSERT', 'UPDATE'],
  audit_log_signatures: ['SELECT', 'INSERT'],
  team_people: ['SELECT', 'INSERT'],
  audit_evidence: ['SELECT', 'INSERT'],
  evidence_keys: ['SELECT', 'INSERT'],
  instance: ['SELECT'],
  _prisma_migrations: ['SELECT'],
  [`${QUEUE_SCHEMA}.migration`]: ['SELECT'],
};

/** Columns that may be written of a table that is read alone: the first team becomes the owner of the installation. */
const WRITTEN_COLUMNS: Readonly<Record<string, string>> = { instance: 'owner_team_id' };

/**
 * Gives the role of the web and the workers what they need of the tables that the owner has, and nothing else. Where one
 * URL stands for both, a role is taken with SET ROLE if there is one or one may be made.
 */
export async function settleApplicationRole(settings: Settings): Promise<ApplicationRole> {
  const client = new pg.Client({ connectionString: settings.ownerUrl, application_name: 'elder-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const found = await findRole(client, settings);
    if (found.role !== null) await grant(client, found.role);
    return found;
  } finally {
    await client.end();
  }
}

async function findRole(client: pg.Client, { applicationUrl, role }: Settings): Promise<ApplicationRole> {
  const { rows } = await client.query<{ owner: string; database: string; makesRoles: boolean }>(
    `SELECT current_user AS owner, current_database() AS database, rolcreaterole OR rolsuper AS "makesRoles"
     FROM pg_roles WHERE rolname = current_user`,
  );
  const { owner = '', database = '', makesRoles = false } = rows[0] ?? {};
  const login = userOf(applicationUrl) || owner;
  const name = role ?? (login === owner ? nameFor(database) : login);
  const isTaken = name !== login;
  const known = await readRole(client, name, login);
  if (known && (role !== undefined || !isTaken)) return { role: name, isTaken };
  // Somebody else's, perhaps: only what is made for this is taken unasked.
  if (known) return known.isMember && !known.canLogIn ? { role: name, isTaken } : { role: null, isTaken: false };
  if (isTaken && makesRoles) {
    await makeRole(client, name, login);
    return { role: name, isTaken };
  }
  if (role === undefined && isTaken) return { role: null, isTaken: false };
  throw new AppError('unavailable', `The database has no role ${name}, and the user ${owner} may make none.`);
}

async function readRole(client: pg.Client, name: string, login: string) {
  const { rows } = await client.query<{ canLogIn: boolean; isMember: boolean }>(
    `SELECT rolcanlogin AS "canLogIn", pg_has_role($2::name, oid, 'MEMBER') AS "isMember"
     FROM pg_roles WHERE rolname = $1`,
    [name, login],
  );
  return rows[0];
}

async function makeRole(client: pg.Client, name: string, login: string): Promise<void> {
  const role = pg.escapeIdentifier(name);
  await client.query(`CREATE ROLE ${role} NOLOGIN`);
  await client.query(`GRANT ${role} TO ${pg.escapeIdentifier(login)}`);
}

/** Of the database: roles are those of a whole server, which may hold several of us. */
function nameFor(database: string): string {
  return `${database.replace(/\W/g, '_').slice(0, 58)}_app`;
}

interface Relation {
  schema: string;
  name: string;
  isSequence: boolean;
  granted: string[];
}

/** As one: a role that works meanwhile never lacks what it has. What is granted already is left alone. */
async function grant(client: pg.Client, role: string): Promise<void> {
  const to = pg.escapeIdentifier(role);
  await client.query('BEGIN');
  try {
    await grantEntry(client, role);
    const { rows } = await client.query<Relation>(
      `SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'S' AS "isSequence",
         ARRAY(SELECT a.privilege_type FROM aclexplode(c.relacl) a
           WHERE a.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1)) AS granted
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY ($2) AND c.relkind IN ('r', 'p', 'v', 'S') AND pg_has_role(c.relowner, 'USAGE')`,
      [role, ['public', QUEUE_SCHEMA]],
    );
    for (const relation of rows) {
      const wanted = privilegesOf(relation);
      if ([...wanted].sort().join() === [...relation.granted].sort().join()) continue;
      const kind = relation.isSequence ? 'SEQUENCE' : 'TABLE';
      const on = `${kind} ${pg.escapeIdentifier(relation.schema)}.${pg.escapeIdentifier(relation.name)}`;
      await client.query(`REVOKE ALL ON ${on} FROM ${to}`);
      if (wanted.length > 0) await client.query(`GRANT ${wanted.join(', ')} ON ${on} TO ${to}`);
    }
    await grantColumns(client, role);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function grantColumns(client: pg.Client, role: string): Promise<void> {
  for (const [table, column] of Object.entries(WRITTEN_COLUMNS)) {
    const { rows } = await client.query<{ isGranted: boolean }>(
      `SELECT has_column_privilege($1, attrelid, attnum, 'UPDATE') AS "isGranted" FROM pg_attribute
       WHERE attrelid = to_regclass($2) AND attname = $3 AND NOT attisdropped`,
      [role, `public.${table}`, column],
    );
    if (rows[0]?.isGranted !== false) continue;
    const [name, of] = [pg.escapeIdentifier(column), pg.escapeIdentifier(table)];
    await client.query(`GRANT UPDATE (${name}) ON public.${of} TO ${pg.escapeIdentifier(role)}`);
  }
}

function privilegesOf({ schema, name, isSequence }: Relation): readonly string[] {
  if (isSequence) return ['SELECT', 'USAGE'];
  return TABLES[schema === 'public' ? name : `${schema}.${name}`] ?? ALL;
}

/** What everybody may already, unless it was taken from them. The queue keeps what it is about to write in temporary tables. */
async function grantEntry(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ on: string; privilege: string }>(
    `SELECT format('SCHEMA %I', nspname) AS on, 'USAGE' AS privilege FROM pg_namespace
       WHERE nspname = ANY ($2) AND NOT has_schema_privilege($1, oid, 'USAGE')
     UNION ALL SELECT format('DATABASE %I', datname), privilege FROM pg_database, unnest('{CONNECT,TEMPORARY}'::text[]) privilege
       WHERE datname = current_database() AND NOT has_database_privilege($1, oid, privilege)`,
    [role, ['public', QUEUE_SCHEMA]],
  );
  for (const { on, privilege } of rows) {
    await client.query(`GRANT ${privilege} ON ${on} TO ${pg.escapeIdentifier(role)}`);
  }
}
