import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import autocannon from 'autocannon';
import pg from 'pg';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';

// Usage: npm run bench:api [-- <seconds>]. Measures the authenticated list of projects on the built product.
const PROJECTS = 200;
const AUDITS_PER_PROJECT = 20;
const CONNECTIONS = 100;
const WARM_UP_SECONDS = 3;
const GOAL = { requestsPerSecond: 1000, p95Ms: 200 };

const seconds = Number(process.argv[2] ?? 15);
const port = 20_000 + (randomBytes(2).readUInt16BE() % 20_000);
const token = createTokenValue();

await using database = await startDatabaseServer();
const url = await copyTemplate(database.access);
await seed(url, hashSecret(token));

const web = spawn(process.execPath, ['dist/server.js'], {
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
  await measure(WARM_UP_SECONDS);
  report(await measure(seconds));
} finally {
  web.kill('SIGTERM');
  if (web.exitCode === null) await once(web, 'exit');
}

function measure(duration: number): Promise<autocannon.Result> {
  return autocannon({
    url: `http://127.0.0.1:${port}/api/v1/projects?limit=50`,
    connections: CONNECTIONS,
    duration,
    headers: { authorization: `Bearer ${token}` },
  });
}

function report(result: autocannon.Result): void {
  const failed = result.errors + result.timeouts + result.non2xx;
  const lines = [
    `GET /api/v1/projects?limit=50 with ${PROJECTS} projects, ${CONNECTIONS} connections, ${seconds} s`,
    `  requests/s  ${result.requests.average.toFixed(0)}  (goal ${GOAL.requestsPerSecond})`,
    `  latency ms  p50 ${result.latency.p50}  p97.5 ${result.latency.p97_5}  p99 ${result.latency.p99}  (goal p95 ${GOAL.p95Ms})`,
    `  failed      ${failed}  (goal 0)`,
  ];
  console.log(lines.join('\n'));
  const isMet = result.requests.average >= GOAL.requestsPerSecond && result.latency.p97_5 <= GOAL.p95Ms && failed === 0;
  process.exitCode = isMet ? 0 : 1;
}

async function seed(connectionString: string, tokenHash: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`
    with team as (insert into teams (id, name) values (gen_random_uuid(), 'Bench') returning id),
    person as (insert into users (id, email, name) values (gen_random_uuid(), 'bench@example.org', 'Bench') returning id),
    member as (insert into memberships (user_id, team_id, role) select person.id, team.id, 'owner' from person, team)
    insert into api_tokens (id, user_id, team_id, name, token_hash, scopes)
    select gen_random_uuid(), person.id, team.id, 'bench', '${tokenHash}', '{read}' from person, team`);
  await client.query(`
    insert into projects (id, team_id, name, repository_url, canonical_key, branch)
    select gen_random_uuid(), t.id, 'project-' || n, 'https://example.org/bench/project-' || n, 'example.org/bench/' || n, 'main'
    from teams t, generate_series(1, ${PROJECTS}) n`);
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
