import { randomUUID } from 'node:crypto';
import { createContext } from '@/lib/auth/context';
import { pool } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { Configuration } from '@/lib/schemas/configuration';
import { saveConfiguration } from '@/lib/services/configuration';
import { saveProjectConfiguration } from '@/lib/services/project-configuration';
import { getWebhook } from '@/lib/services/project-webhooks';
import { spareDelivery } from './spare-access';
import type { Tenant } from './tenants';

const OF_PROJECT = 'project_id in (select id from projects where team_id = $1)';
const OF_AUDIT = `audit_id in (select id from audits where ${OF_PROJECT})`;
const PEOPLE = 'select user_id from memberships where team_id = $1';

/** Which rows of a table are a team's; `$1` is its id. */
export const ROWS_OF_TEAM: Readonly<Record<string, string>> = {
  teams: 'id = $1',
  users: `id in (${PEOPLE})`,
  identities: `user_id in (${PEOPLE})`,
  sessions: `user_id in (${PEOPLE})`,
  memberships: 'team_id = $1',
  api_tokens: 'team_id = $1',
  invitations: 'team_id = $1',
  password_resets: 'team_id = $1',
  configuration_versions: 'team_id = $1',
  projects: 'team_id = $1',
  audits: OF_PROJECT,
  share_links: OF_PROJECT,
  coverage_reports: OF_PROJECT,
  finding_imports: OF_PROJECT,
  findings: OF_PROJECT,
  finding_verdicts: OF_PROJECT,
  finding_events: OF_PROJECT,
  finding_comments: OF_PROJECT,
  finding_origins: OF_PROJECT,
  audit_evidence: OF_PROJECT,
  audit_jobs: OF_AUDIT,
  audit_magics: OF_AUDIT,
  audit_maps: OF_AUDIT,
  audit_host_evidence: OF_AUDIT,
  audit_rechecks: OF_AUDIT,
  audit_log: 'team_id = $1',
  connections: 'team_id = $1',
  provider_apps: 'team_id = $1',
  connection_states: 'team_id = $1',
  project_webhooks: OF_PROJECT,
  webhook_deliveries: OF_PROJECT,
  pull_requests: OF_PROJECT,
  commit_answers: OF_PROJECT,
  ssh_keys: 'team_id = $1',
  ssh_hosts: 'team_id = $1',
  channels: 'team_id = $1',
  channel_recipients: 'team_id = $1',
  channel_deliveries: 'team_id = $1',
  notices: 'team_id = $1',
};

/** Tables without a row that is a team's to read: no route shows them. */
const NOT_OF_TEAMS = [
  'setup_links',
  'blob_facts',
  'commit_facts',
  'outbox_jobs',
  'worker_processes',
  'queue_depths',
  'provider_paces',
  'failed_jobs',
  'socket_io_attachments',
  'audit_log_heads',
  'audit_log_signatures',
  'evidence_keys',
  'instance',
  'queue_samples',
  'load_forecasts',
  'scaling_settings',
  'cluster_configurations',
  'cluster_runs',
];

/** Columns that hold hashes, numbers or words of the product, and those whose rows are sealed or packed. */
const CLOSED: Readonly<Record<string, string>> = {
  users: 'password_hash language theme',
  api_tokens: 'token_hash scopes',
  invitations: 'token_hash',
  password_resets: 'token_hash',
  share_links: 'token_hash',
  configuration_versions: 'preset',
  projects: 'tier access_problem provider',
  audits:
    'kind trigger enabled_magics gate gate_reason counts new_counts new_findings reopened_findings result_hash coverage_hash verdicts_hash demoted_rules stats error_code',
  audit_jobs: 'kind key counts error_code',
  audit_magics: 'magic status result findings error_code',
  audit_maps: 'kind data',
  audit_host_evidence: 'provider commit_id hash summary data',
  audit_rechecks: 'state reason differences',
  coverage_reports: 'hash format data',
  finding_imports: 'left_out',
  findings: 'fingerprint rule_id magic severity message_id suppression verdict',
  finding_verdicts: 'verdict',
  finding_events: 'kind before',
  finding_origins: 'owner_source',
  audit_evidence: 'key_id hash previous_hash envelope',
  audit_log: 'action target before address chain hash',
  connections: 'provider kind secret scopes status problem',
  provider_apps: 'provider secrets',
  connection_states: 'purpose value_hash',
  project_webhooks: 'secret previous_secret problem',
  webhook_deliveries: 'provider source status outcome payload',
  pull_requests: 'comment_hash',
  commit_answers: 'shown_state problem',
  ssh_keys: 'private_key',
  ssh_hosts: 'keys offered_keys',
  channels: 'kind address secret previous_secret settings status problem',
  channel_recipients: 'token_hash token',
  channel_deliveries: 'kind status problem',
  notices: 'kind traceparent',
};

export const CLOSED_COLUMNS: ReadonlySet<string> = new Set([
  ...NOT_OF_TEAMS,
  ...Object.entries(CLOSED).flatMap(([table, columns]) => columns.split(' ').map((column) => `${table}.${column}`)),
]);

/** Columns that other columns name, by their value. */
const SHARED: Readonly<Record<string, string>> = { 'projects.branch': 'branch', 'audits.branch': 'branch' };
/** As `KnownObject`. */
const knownObject = (key: string) => ({ key, sizeBytes: 1, contentBytes: 1, sha256: '0'.repeat(64) });

/** What JSON of these columns looks like, with the text in it. */
const JSON_FORMS: Readonly<Record<string, (text: string) => unknown>> = {
  'projects.stack': (name) => [{ name, share: 1 }],
  'audits.renames': (path) => [[path, path]],
  'audits.top_risks': (path) => [{ path, probability: 0.5, reasons: [] }],
  'audits.releases': (name) => [{ name, at: '2026-01-01T00:00:00.000Z' }],
  'audits.changed_ranges': (path) => ({ [path]: [[1, 1]] }),
  'audits.packs': (key) => ({ shards: [knownObject(key)] }),
  'audits.facts_object': (key) => knownObject(key),
  'channel_deliveries.content': (title) => ({
    message: { language: 'en', title, sections: [], notes: [] },
    events: [],
  }),
  'notices.data': (projectName) => ({ projectName }),
  'findings.data': (marker) => ({ marker }),
  'findings.related': (path) => [{ path, line: 1 }],
  'finding_events.after': (reason) => ({ verdict: 'accepted', reason, until: null }),
};
/** Written by the services that keep them. */
const BY_SERVICES = new Set([
  'teams.policy',
  'projects.policy_override',
  'configuration_versions.configuration',
  'audits.policy',
  'audit_log.detail',
  'audit_log.after',
]);

/**
 * Gives the tenant a row of each kind and marks each text of it that is not a word of the product: `<canary>-<table>-<column>`
 * begins what each column holds.
 */
export async function plantCanaries(tenant: Tenant, canary: string): Promise<void> {
  const { teamId } = tenant.team;
  await addRest(tenant, canary);
  for (const { table, column, type } of await textColumns()) {
    const where = ROWS_OF_TEAM[table];
    const name = `${table}.${column}`;
    if (!where || CLOSED_COLUMNS.has(name) || BY_SERVICES.has(name)) continue;
    const text = `${canary}-${table}-${SHARED[name] ?? column}`;
    // Only what another tool reported has these.
    const also = table === 'findings' && ['tool', 'category', 'message', 'help_uri'].includes(column);
    const rows = `${where}${also ? ' and tool is not null' : ''}`;
    if (type === 'jsonb') {
      const form = JSON_FORMS[name];
      if (!form) throw new Error(`${name}: nobody says what its JSON looks like`);
      await pool().query(`update ${table} set ${column} = $2::jsonb where ${rows}`, [
        teamId,
        JSON.stringify(form(text)),
      ]);
    } else if (type === 'ARRAY') {
      await pool().query(`update ${table} set ${column} = array[$2] where ${rows}`, [teamId, text]);
    } else {
      const own = SHARED[name] ? '$2' : `$2 || '-' || substr(md5(random()::text), 1, 12)`;
      await pool().query(`update ${table} set ${column} = ${own} where ${rows}`, [teamId, text]);
    }
  }
}

/** Columns that hold text in one form or another. */
export async function textColumns(): Promise<{ table: string; column: string; type: string }[]> {
  const { rows } = await pool().query<{ table: string; column: string; type: string }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'
      and (c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea') or c.udt_name = '_text')
    order by 1, 2`,
  );
  return rows;
}

/** Rows of the team in which a column holds the canary. */
export async function countPlanted(column: { table: string; column: string }, teamId: string, canary: string) {
  const { rows } = await pool().query<{ count: number }>(
    `select count(*)::int as count from ${column.table}
    where ${ROWS_OF_TEAM[column.table] ?? 'false'} and ${column.column}::text like '%' || $2 || '%'`,
    [teamId, canary],
  );
  return rows[0]?.count ?? 0;
}

/** What `tenant` leaves out. */
async function addRest({ team: { teamId }, userId, ids }: Tenant, canary: string): Promise<void> {
  const ctx = createContext({ userId, roles: new Map([[teamId, 'owner']]), requestId: randomUUID(), log: logger() });
  const configuration = Configuration.parse({ ignorePaths: [`${canary}-teams-policy/**`], overrides: ['ignorePaths'] });
  const reason = `${canary}-reason`;
  await saveConfiguration(ctx, teamId, { version: 0, configuration, preset: null, reason });
  const override = { ignorePaths: [`${canary}-projects-policy_override/**`] };
  const projectId = ids.projectId ?? '';
  await saveProjectConfiguration(ctx, projectId, { version: 0, teamVersion: 1, override, reason });
  const run = (text: string, values: unknown[]) => pool().query(text, values);
  await run(`update audits set committed_at = now() where ${OF_PROJECT}`, [teamId]);
  await run(`update audits set policy = jsonb_set(policy, '{ignorePaths}', $2::jsonb) where ${OF_PROJECT}`, [
    teamId,
    JSON.stringify([`${canary}-audits-policy/**`]),
  ]);
  await run(
    `insert into password_resets (id, user_id, team_id, token_hash, expires_at)
    values (gen_random_uuid(), $1, $2, $3, now() + interval '1 hour')`,
    [ids.userId, teamId, randomUUID()],
  );
  await run(
    `insert into coverage_reports (project_id, commit_id, hash, format, files, lines, hit, data)
    values ($1, 'c', 'h', 'lcov', 1, 1, 1, '')`,
    [projectId],
  );
  await run(
    `insert into audit_host_evidence (audit_id, provider, commit_id, hash, calls, asked_at, summary, data)
    values ($1, 'github', 'c', repeat('a', 64), 1, now(), '{"parts":[]}', '') on conflict do nothing`,
    [ids.auditId],
  );
  await run(`insert into audit_rechecks (audit_id, asked_at) values ($1, now()) on conflict do nothing`, [ids.auditId]);
  await getWebhook(ctx, projectId);
  await run(`update project_webhooks set external_id = 'x' where project_id = $1`, [projectId]);
  await spareDelivery(projectId);
  await run(
    `insert into provider_apps (id, team_id, provider, base_url, external_id, slug, name, client_id, secrets)
    values (gen_random_uuid(), $1, 'github', 'b', 'e', 's', 'n', 'c', 'sealed')`,
    [teamId],
  );
  await run(
    `insert into connection_states (id, team_id, user_id, purpose, value_hash, base_url, expires_at)
    values (gen_random_uuid(), $1, $2, 'manifest', $3, 'b', now() + interval '1 hour')`,
    [teamId, userId, randomUUID()],
  );
  await run(
    `insert into pull_requests (id, project_id, number, title, url, base_branch, head_branch, head_commit_id, updated_at)
    values (gen_random_uuid(), $1, 7, 't', 'u', 'b', 'h', 'c', now())`,
    [projectId],
  );
  await run(
    `insert into commit_answers (id, project_id, audit_id, commit_id) values (gen_random_uuid(), $1, $2, 'c')`,
    [projectId, ids.auditId],
  );
  await run(
    `insert into ssh_keys (id, team_id, public_key, private_key) values (gen_random_uuid(), $1, 'ssh-ed25519 A', 'sealed')`,
    [teamId],
  );
  await run(
    `insert into channel_recipients (id, team_id, channel_id, email, token_hash, token, asked_until)
    values (gen_random_uuid(), $1, $2, 'a@example.org', $3, 'sealed', now() + interval '1 day')`,
    [teamId, ids.channelId, randomUUID()],
  );
  await run(
    `insert into notices (id, team_id, project_id, kind, data, key) values (gen_random_uuid(), $1, $2, 'gate', '{}', $3)`,
    [teamId, projectId, randomUUID()],
  );
  await run(
    `insert into finding_origins (finding_id, project_id, commit_id, introduced_commit, author_name, owners, owner_source)
    values ($1, $2, 'c', 'c', 'a', '{a}', 'blame')`,
    [ids.findingId, projectId],
  );
  await run(
    `insert into findings (id, project_id, fingerprint, rule_id, magic, severity, severity_rank, confidence, path,
      message_id, data, commits, state, first_audit_id, first_seen_at, last_audit_id, last_seen_at, tool, category, message)
    select gen_random_uuid(), project_id, md5(random()::text), 'imported/tool/rule', 'imported', 'high', 1, 1, 'p', 'imported',
      '{}', '{}', 'new', first_audit_id, now(), last_audit_id, now(), 'tool', '', 'm' from findings where id = $1`,
    [ids.findingId],
  );
}
