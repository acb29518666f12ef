import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { withSetting } from '@/lib/database-url';
import { findFreePort } from '@/scripts/postgres/ports';
import { PROGRAMS } from '@/scripts/supervisor/programs';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';
import type { Watched } from './memory';

export interface Stack extends AsyncDisposable {
  origin: string;
  /** A folder of its own, gone with the stack. */
  work: string;
  processes: Watched[];
  /** @returns the token of its owner. */
  createTeam(name: string): Promise<string>;
  /** Throws what was answered unless it is fine. */
  api<Result>(token: string, method: string, place: string, body?: object): Promise<Result>;
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** One web process, workers and a PostgreSQL of their own, as the build left them in `dist/`. */
export async function startStack({ workers }: { workers: number }): Promise<Stack> {
  const database = await startDatabaseServer();
  const { url, ownerUrl } = await copyTemplate(database.access);
  const work = await mkdtemp(path.join(tmpdir(), 'elder-bench-load-'));
  const port = await findFreePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    DATABASE_URL: url,
    ELDER_DATA_DIR: path.join(work, 'data'),
    AUTH_SECRET: randomBytes(32).toString('hex'),
    ALLOW_LOCAL_REPOSITORIES: 'true',
    // One token stands for many here: the limit of one is not what is measured.
    ELDER_API_RATE: '100000000',
    LOG_LEVEL: 'error',
  };
  const start = (program: 'web' | 'worker', more: Record<string, string> = {}) =>
    spawn(process.execPath, PROGRAMS.production[program], {
      env: { ...env, ...more },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  const children = [start('web', { PORT: String(port) }), ...Array.from({ length: workers }, () => start('worker'))];
  const pool = new pg.Pool({ connectionString: withSetting(ownerUrl, 'elder.team_ids', '*'), max: 2 });
  // Its idle connections hear of the server's end.
  pool.on('error', () => undefined);
  const stop = async () => {
    await Promise.all(children.map(end));
    await pool.end();
    await database[Symbol.asyncDispose]();
    await rm(work, { recursive: true, force: true });
  };
  try {
    await Promise.all(children.map(ready));
  } catch (error) {
    await stop();
    throw error;
  }
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    work,
    processes: children.map(({ pid = 0 }, at) => ({ name: at === 0 ? 'web' : `worker ${at}`, pid })),
    async createTeam(name) {
      const token = createTokenValue();
      await pool.query(
        `with team as (insert into teams (id, name) values (gen_random_uuid(), $1) returning id),
          person as (insert into users (id, email, name) values (gen_random_uuid(), lower($1) || '@example.org', $1) returning id),
          member as (insert into memberships (user_id, team_id, role) select person.id, team.id, 'owner' from person, team)
        insert into api_tokens (id, user_id, team_id, name, token_hash, scopes)
        select gen_random_uuid(), person.id, team.id, 'bench', $2, '{read,write}' from person, team`,
        [name, hashSecret(token)],
      );
      return token;
    },
    async api(token, method, place, body) {
      const answer = await fetch(`${origin}/api/v1${place}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${await answer.text()}`);
      return await answer.json();
    },
    query: async (text, values = []) => (await pool.query(text, values)).rows,
    [Symbol.asyncDispose]: stop,
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a program ended with ${code} before it was ready`);
  });
  await Promise.race([once(child, 'message'), ended]);
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
