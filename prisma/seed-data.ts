import pg from 'pg';
import { withSetting } from '@/lib/database-url';
import { magics } from '@/lib/magics/registry';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';

export interface SeedRequest {
  projects: number;
  /** In all projects together. */
  findings: number;
  auditsPerProject: number;
  /** SHA-256, hexadecimal, of the API token to make; null for none. */
  tokenHash: string | null;
  /** argon2id; null for an owner who cannot sign in. */
  passwordHash: string | null;
  email: string;
}

export interface Seeded {
  teamId: string;
  userId: string;
}

/** Fills a migrated database with one team of believable size: projects, audits with what each magic said, findings. */
export async function seedDatabase(connectionString: string, request: SeedRequest): Promise<Seeded> {
  const client = new pg.Client({ connectionString: withSetting(connectionString, 'elder.team_ids', '*') });
  await client.connect();
  try {
    const seeded = await addTeam(client, request);
    await addProjects(client, seeded.teamId, request.projects);
    await addAudits(client, seeded.teamId, request.auditsPerProject);
    await addFindings(client, seeded.teamId, Math.ceil(request.findings / request.projects));
    await client.query('vacuum analyze');
    return seeded;
  } finally {
    await client.end();
  }
}

async function addTeam(client: pg.Client, { email, passwordHash, tokenHash }: SeedRequest): Promise<Seeded> {
  const { rows } = await client.query<Seeded>(
    `with team as (insert into teams (id, name) values (gen_random_uuid(), 'Seed') returning id),
      person as (insert into users (id, email, name, password_hash) values (gen_random_uuid(), $1, 'Seed', $2) returning id),
      member as (insert into memberships (user_id, team_id, role) select p.id, t.id, 'owner' from person p, team t)
    select t.id as "teamId", p.id as "userId" from person p, team t`,
    [email, passwordHash],
  );
  const [seeded] = rows;
  if (!seeded) throw new Error('no team was made');
  if (tokenHash) {
    await client.query(
      `insert into api_tokens (id, user_id, team_id, name, token_hash, scopes)
      values (gen_random_uuid(), $1, $2, 'seed', $3, '{read,write,admin}')`,
      [seeded.userId, seeded.teamId, tokenHash],
    );
  }
  return seeded;
}

async function addProjects(client: pg.Client, teamId: string, count: number): Promise<void> {
  await client.query(
    `insert into projects (id, team_id, name, repository_url, canonical_key, branch, stack)
    select gen_random_uuid(), $1, 'service-' || lpad(n::text, 4, '0'), 'https://example.org/seed/service-' || n,
      'example.org/seed/service-' || n, 'main', '[{"language":"typescript","share":0.8},{"language":"python","share":0.2}]'
    from generate_series(1, $2::int) n`,
    [teamId, count],
  );
}

/** One a day up to now; the newest with what each magic said. */
async function addAudits(client: pg.Client, teamId: string, count: number): Promise<void> {
  await client.query(
    `insert into audits (id, project_id, number, status, kind, trigger, branch, policy, health_score, health_coverage, gate,
      gate_reason, created_at, started_at, ended_at, enabled_magics, commit_id, commit_subject)
    select gen_random_uuid(), p.id, n, 'completed', 'full', 'push', 'main', '{}', 55 + (n * 7 + length(p.name)) % 45, 1,
      'passed', '{"id":"all-met","data":{"health":80,"limit":75,"high":3}}', at, at, at + interval '20 s',
      $2, repeat('c', 40), 'Change number ' || n
    from projects p, generate_series(1, $3::int) n, lateral (select now() - ($3 - n) * interval '1 day' as at) t
    where p.team_id = $1`,
    [teamId, MAGIC_IDS, count],
  );
  await client.query(
    `update projects p set next_audit_number = $2 + 1,
      current_audit_id = (select id from audits a where a.project_id = p.id order by number desc limit 1)
    where team_id = $1`,
    [teamId, count],
  );
  for (const magic of magics) {
    const rules = magic.rules.map(({ id }) => ({
      ruleId: id,
      outcome: 'passed',
      value: 0,
      population: null,
      good: 0,
      bad: 10,
      score: 100,
      weight: 1,
      isInformational: false,
      findings: 0,
      dropped: 0,
      suppressed: 0,
      reason: null,
      metrics: {},
    }));
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    const said = { magic: magic.id, magicVersion: magic.version, status: 'passed', score: 88, coverage: 1, cap: null };
    const none = { subScores: [], suppressions: [], words: [], ignored: null, metrics: {}, skipped: [], fixes: 0 };
    await client.query(
      `insert into audit_magics (audit_id, magic, attempt, status, score, coverage, result, completed_at, execution_time_ms)
      select p.current_audit_id, $2, 1, 'passed', 88, 1, $3, now(), 40 from projects p where p.team_id = $1`,
      [teamId, magic.id, { ...said, ...none, rules, counts, analysedFiles: 900, analysedCommits: 4000 }],
    );
  }
}

/** Spread over the rules and over 400 files a project; one in six is fixed. */
async function addFindings(client: pg.Client, teamId: string, perProject: number): Promise<void> {
  const rules = magics.flatMap((magic) => magic.rules.map(({ id, severity }) => ({ id, magic: magic.id, severity })));
  await client.query(
    `insert into findings (id, project_id, fingerprint, rule_id, magic, severity, severity_rank, confidence, path, start_line,
      end_line, message_id, data, commits, state, first_audit_id, first_seen_at, last_audit_id, last_seen_at)
    select gen_random_uuid(), p.id, md5(p.id::text || n) || md5(n::text), rule.id, rule.magic, rule.severity,
      array_position($4::text[], rule.severity) - 1, 0.9, 'src/part-' || n % 20 || '/file-' || n % 400 || '.ts', n % 900 + 1,
      n % 900 + 1, 'found', '{}', '{}',
      (case when n % 6 = 0 then 'fixed' when n > $2::int * 0.98 then 'new' else 'existing' end)::finding_state,
      p.current_audit_id, now() - ($2::int - n) % 90 * interval '1 day', p.current_audit_id, now()
    from projects p, generate_series(1, $2::int) n
    cross join lateral (select $3::jsonb -> ((n * 7) % jsonb_array_length($3::jsonb)) as row) chosen
    cross join lateral (
      select chosen.row ->> 'id' as id, chosen.row ->> 'magic' as magic, chosen.row ->> 'severity' as severity) rule
    where p.team_id = $1`,
    [teamId, perProject, JSON.stringify(rules), SEVERITIES],
  );
}
