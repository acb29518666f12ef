import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import autocannon from 'autocannon';
import pg from 'pg';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { withSetting } from '@/lib/database-url';
import { PROGRAMS } from '@/scripts/supervisor/programs';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';

// Usage: npm run bench:api [-- <seconds>]. Measures the authenticated list of projects on the built product: as one team
// that all connections ask for, and as one team a connection, so that no two share a read.
const TEAMS = 100;
const PROJECTS_PER_TEAM = 200;
const AUDITS_PER_PROJECT = 10;
const CONNECTIONS = 100;
const WARM_UP_SECONDS = 3;
const GOAL = { requestsPerSecond: 1000, p95Ms: 200 };

const seconds = Number(process.argv[2] ?? 15);
const port = 20_000 + (randomBytes(2).readUInt16BE() % 12_000);
const tokens = Array.from({ length: TEAMS }, createTokenValue);

await using database = await startDatabaseServer();
const { url, ownerUrl } = await copyTemplate(database.access);
await seed(ownerUrl, tokens.map(hashSecret));

const web = spawn(process.execPath, PROGRAMS.production.web, {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    PORT: String(port),
    AUTH_SECRET: randomBytes(32).toString('hex'),
    // One token stands for many here: the limit of one is not what is measured.
    ELDER_API_RATE: '100000000',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  await once(web, 'message');
  await measure(tokens, WARM_UP_SECONDS);
  const one = await measure(tokens.slice(0, 1), seconds);
  report('one team', one);
  report('one team a connection', await measure(tokens, seconds));
  process.exitCode = isGoalMet(one) ? 0 : 1;
} finally {
  web.kill('SIGTERM');
  if (web.exitCode === null) await once(web, 'exit');
}

function measure(asking: readonly string[], duration: number): Promise<autocannon.Result> {
  let clients = 0;
  return autocannon({
    url: `http://127.0.0.1:${port}/api/v1/projects?limit=50`,
    connections: CONNECTIONS,
    duration,
    setupClient: (client) => client.setHeaders({ authorization: `Bearer ${asking[clients++ % asking.length]}` }),
  });
}

function report(who: string, result: autocannon.Result): void {
  const lines = [
    `GET /api/v1/projects?limit=50 of ${PROJECTS_PER_TEAM} projects, ${CONNECTIONS} connections, ${seconds} s, ${who}`,
    `  requests/s  ${result.requests.average.toFixed(0)}`,
    `  latency ms  p50 ${result.latency.p50}  p97.5 ${result.latency.p97_5}  p99 ${result.latency.p99}`,
    `  failed      ${failuresOf(result)}`,
  ];
  console.log(lines.join('\n'));
}

function isGoalMet(result: autocannon.Result): boolean {
  const isFast = result.requests.average >= GOAL.requestsPerSecond && result.latency.p97_5 <= GOAL.p95Ms;
  console.log(`goal for one team: ${GOAL.requestsPerSecond} requests/s, p95 ${GOAL.p95Ms} ms, 0 failed`);
  return isFast && failuresOf(result) === 0;
}

function failuresOf({ errors, timeouts, non2xx }: autocannon.Result): number {
  return errors + timeouts + non2xx;
}

async function seed(connectionString: string, tokenHashes: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withSetting(connectionString, 'elder.team_ids', '*') });
  await client.connect();
  await client.query(
    `with hashes as (select hash, gen_random_uuid() as team_id, gen_random_uuid() as user_id from unnest($1::text[]) hash),
      team as (insert into teams (id, name) select team_id, 'Bench' from hashes returning id),
      person as (insert into users (id, email, name) select user_id, user_id || '@example.org', 'Bench' from hashes),
      member as (insert into memberships (user_id, team_id, role) select user_id, team_id, 'owner' from hashes)
    insert into api_tokens (id, user_id, team_id, name, token_hash, scopes)
    select gen_random_uuid(), user_id, team_id, 'bench', hash, '{read}' from hashes`,
    [tokenHashes],
  );
  await client.query(`
    insert into projects (id, team_id, name, repository_url, canonical_key, branch)
    select gen_random_uuid(), t.id, 'project-' || n, 'https://example.org/bench/project-' || n, 'example.org/bench/' || n, 'main'
    from teams t, generate_series(1, ${PROJECTS_PER_TEAM}) n`);
  await client.query(`
    insert into audits (id, project_id, number, status, kind, trigger, branch, policy, health_score, gate, ended_at, enabled_magics)
    select gen_random_uuid(), p.id, n, 'completed', 'full', 'push', 'main', '{}', 50 + (n * 7) % 50, 'passed',
      now() - (${AUDITS_PER_PROJECT} - n) * interval '1 day', '{integrity,tdd,flow,strict,git,sages,servant,predictive}'
    from projects p, generate_series(1, ${AUDITS_PER_PROJECT}) n`);
  await client.query(`
    update projects p set current_audit_id =
      (select id from audits a where a.project_id = p.id order by number desc limit 1)`);
  await client.query('analyze');
  await client.end();
}
