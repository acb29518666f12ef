import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withSetting } from '@/lib/database-url';
import { closeDb, db, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { runSql } from '@/tests/support/postgres';

interface Line {
  table: string;
  /** A value the constraint refuses, and one it takes, as PostgreSQL writes them. */
  column: string;
  bad: string;
  good: string | null;
}

/** Every CHECK of the database. A new one without its line fails the first test. */
const LINES: Record<string, Line> = {
  users_email_check: { table: 'users', column: 'email', bad: 'Rin@example.org', good: 'rin@example.org' },
  users_language_check: { table: 'users', column: 'language', bad: 'de', good: 'ja' },
  users_service_account_check: { table: 'users', column: 'password_hash', bad: 'hash', good: null },
  users_theme_check: { table: 'users', column: 'theme', bad: 'pink', good: 'dark' },
  api_tokens_scopes_check: { table: 'api_tokens', column: 'scopes', bad: '{read,root}', good: '{read,write,admin}' },
  projects_tier_check: { table: 'projects', column: 'tier', bad: 'huge', good: 'xlarge' },
  audits_kind_check: { table: 'audits', column: 'kind', bad: 'half', good: 'incremental' },
  audits_trigger_check: { table: 'audits', column: 'trigger', bad: 'mood', good: 'schedule' },
  audits_gate_check: { table: 'audits', column: 'gate', bad: 'open', good: 'warning' },
  audit_jobs_kind_check: { table: 'audit_jobs', column: 'kind', bad: 'guess', good: 'settle' },
  audit_magics_magic_check: { table: 'audit_magics', column: 'magic', bad: 'black', good: 'tdd' },
  audit_magics_status_check: { table: 'audit_magics', column: 'status', bad: 'fine', good: 'not_applicable' },
  findings_magic_check: { table: 'findings', column: 'magic', bad: 'black', good: 'tdd' },
  coverage_reports_format_check: { table: 'coverage_reports', column: 'format', bad: 'gcov', good: 'go' },
  findings_suppression_check: { table: 'findings', column: 'state', bad: 'suppressed', good: 'fixed' },
  findings_verdict_check: { table: 'findings', column: 'verdict', bad: 'guilty', good: 'wont_fix' },
  finding_verdicts_verdict_check: {
    table: 'finding_verdicts',
    column: 'verdict',
    bad: 'guilty',
    good: 'false_positive',
  },
  finding_events_kind_check: { table: 'finding_events', column: 'kind', bad: 'mood', good: 'assignee' },
  finding_comments_text_check: { table: 'finding_comments', column: 'text', bad: '', good: 'Seen.' },
  audit_host_evidence_hash_check: { table: 'audit_host_evidence', column: 'hash', bad: 'h', good: 'b'.repeat(64) },
  audit_host_evidence_calls_check: { table: 'audit_host_evidence', column: 'calls', bad: '61', good: '60' },
  audit_host_evidence_size_check: {
    table: 'audit_host_evidence',
    column: 'data',
    bad: 'x'.repeat(1024 ** 2 + 1),
    good: 'x',
  },
  audit_rechecks_state_check: { table: 'audit_rechecks', column: 'state', bad: 'fine', good: 'different' },
  audit_evidence_chain_check: { table: 'audit_evidence', column: 'sequence', bad: '0', good: '1' },
  instance_one_check: { table: 'instance', column: 'is_only', bad: 'false', good: 'true' },
  finding_origins_source_check: { table: 'finding_origins', column: 'owner_source', bad: 'rumour', good: 'blame' },
  configuration_versions_number_check: {
    table: 'configuration_versions',
    column: 'restored_from',
    bad: '2',
    good: '1',
  },
  configuration_versions_reason_check: { table: 'configuration_versions', column: 'reason', bad: '', good: 'Agreed.' },
  findings_imported_check: { table: 'findings', column: 'magic', bad: 'imported', good: 'tdd' },
  connections_provider_check: { table: 'connections', column: 'provider', bad: 'sourceforge', good: 'gitea' },
  connections_kind_check: { table: 'connections', column: 'kind', bad: 'app', good: 'token' },
  connections_status_check: { table: 'connections', column: 'status', bad: 'asleep', good: 'reconnect' },
  connection_states_purpose_check: { table: 'connection_states', column: 'purpose', bad: 'stroll', good: 'manifest' },
  projects_provider_check: { table: 'projects', column: 'provider', bad: 'sourceforge', good: 'github' },
  webhook_deliveries_source_check: { table: 'webhook_deliveries', column: 'source', bad: 'pigeon', good: 'poll' },
  webhook_deliveries_status_check: { table: 'webhook_deliveries', column: 'status', bad: 'lost', good: 'ignored' },
  commit_answers_state_check: { table: 'commit_answers', column: 'shown_state', bad: 'maybe', good: 'neutral' },
  channels_kind_check: { table: 'channels', column: 'kind', bad: 'pigeon', good: 'slack' },
  channels_status_check: { table: 'channels', column: 'status', bad: 'asleep', good: 'disabled' },
  channel_recipients_email_check: {
    table: 'channel_recipients',
    column: 'email',
    bad: 'Kai@example.org',
    good: 'rin@example.org',
  },
  channel_deliveries_kind_check: { table: 'channel_deliveries', column: 'kind', bad: 'song', good: 'weekly' },
  channel_deliveries_status_check: {
    table: 'channel_deliveries',
    column: 'status',
    bad: 'delivered',
    good: 'sending',
  },
  cluster_configurations_one_check: { table: 'cluster_configurations', column: 'is_only', bad: 'false', good: 'true' },
  cluster_configurations_text_check: {
    table: 'cluster_configurations',
    column: 'text',
    bad: 'x'.repeat(200_001),
    good: 'x'.repeat(200_000),
  },
  cluster_runs_verb_check: { table: 'cluster_runs', column: 'verb', bad: 'explode', good: 'apply' },
  cluster_runs_status_check: { table: 'cluster_runs', column: 'status', bad: 'fine', good: 'cancelled' },
  queue_samples_step_check: { table: 'queue_samples', column: 'step_minutes', bad: '60', good: '15' },
  findings_severity_check: { table: 'findings', column: 'severity', bad: 'bad', good: 'critical' },
};

let database: TestDatabase;
/** The product may not change what is checked here. */
let owner: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: withSetting(database.ownerUrl, 'elder.team_ids', '*') });
  await owner.connect();
  await plantRows();
});

afterAll(async () => {
  await owner.end();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('every check has its line', async () => {
  const { rows } = await pool().query<{ name: string }>(`
    select conname as name from pg_constraint
    where contype = 'c' and connamespace = 'public'::regnamespace and conname not like '%_not_null'`);

  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(LINES).sort());
});

test.each(Object.entries(LINES))('%s refuses what the code does not know', async (name, line) => {
  const { table, column, bad, good } = line;
  const change = (value: string | null) => owner.query(`update ${table} set ${column} = $1`, [value]);

  await expect(change(bad)).rejects.toMatchObject({ code: '23514', constraint: name });
  expect((await change(good)).rowCount).toBe(1);
});

/** One row in each table. */
async function plantRows(): Promise<void> {
  const { id: teamId } = await db().team.create({ data: { name: 'Team' } });
  const { id: userId } = await db().user.create({ data: { email: 'a@example.org', name: 'A', serviceTeamId: teamId } });
  await db().apiToken.create({ data: { userId, teamId, name: 'Machine', tokenHash: randomUUID(), scopes: [] } });
  await db().configurationVersion.create({ data: { teamId, number: 2, configuration: {}, reason: 'Why', changes: 0 } });
  const { id: projectId } = await db().project.create({
    data: { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: 'nowhere', branch: 'main' },
  });
  const { id: auditId } = await db().audit.create({
    data: { projectId, number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: {} },
  });
  await db().auditJob.create({ data: { auditId, attempt: 1, kind: 'prepare' } });
  await db().auditRecheck.create({ data: { auditId, askedAt: new Date() } });
  const host = { provider: 'github', baseUrl: 'https://github.com' };
  await db().connection.create({ data: { ...host, teamId, name: 'Host', kind: 'token', secret: 'sealed' } });
  const until = new Date();
  const state = { teamId, userId, purpose: 'manifest', valueHash: 'hash', baseUrl: host.baseUrl, expiresAt: until };
  await db().connectionState.create({ data: state });
  const told = { projectId, provider: 'github', deliveryId: 'd', event: 'push' };
  await db().webhookDelivery.create({ data: told });
  await db().commitAnswer.create({ data: { projectId, auditId, commitId: 'c' } });
  const to = { kind: 'discord', name: 'Channel', address: 'sealed', settings: {} };
  const { id: channelId } = await db().channel.create({ data: { teamId, ...to } });
  const asked = { email: 'kai@example.org', tokenHash: 'h', token: 'sealed', askedUntil: new Date() };
  await db().channelRecipient.create({ data: { teamId, channelId, ...asked } });
  const message = { kind: 'notices', messageId: randomUUID(), content: {}, nextTryAt: new Date() };
  await db().channelDelivery.create({ data: { teamId, channelId, ...message } });
  const sample = { waiting: 0, running: 0, arrivals: 0, finished: 0, oldestWaitSeconds: 0, workers: 0 };
  await db().clusterConfiguration.create({ data: { version: 1, text: 'name: elder' } });
  await db().clusterRun.create({
    data: { verb: 'diff', status: 'done', options: {}, version: 1, text: 'name: elder' },
  });
  await db().queueSample.create({ data: { kind: 'git', stepMinutes: 1, at: until, ...sample } });
  await db().auditMagic.create({ data: { auditId, attempt: 1, magic: 'git', status: 'waiting' } });
  const report = { commitId: 'c', hash: 'h', format: 'lcov', files: 1, lines: 1, hit: 1, data: new Uint8Array() };
  await db().coverageReport.create({ data: { projectId, ...report } });
  const said = { provider: 'github', commitId: 'c', hash: 'a'.repeat(64), calls: 1, askedAt: new Date() };
  await db().hostEvidence.create({ data: { auditId, ...said, summary: {}, data: new Uint8Array() } });
  const at = new Date();
  const { id: findingId } = await db().finding.create({
    data: {
      projectId,
      fingerprint: randomUUID(),
      ruleId: 'git/rule',
      magic: 'git',
      severity: 'low',
      severityRank: 3,
      confidence: 1,
      messageId: 'message',
      data: {},
      state: 'new',
      firstAuditId: auditId,
      firstSeenAt: at,
      lastAuditId: auditId,
      lastSeenAt: at,
    },
  });
  const own = { projectId, findingId };
  await db().findingVerdict.create({ data: { ...own, verdict: 'accepted', reason: 'Known.', givenAt: at } });
  await db().findingEvent.create({ data: { ...own, changeId: randomUUID(), kind: 'verdict', at } });
  await db().findingComment.create({ data: { ...own, text: 'Hm.' } });
  await db().findingOrigin.create({ data: { ...own, commitId: 'c', owners: [] } });
  await db().evidenceKey.create({ data: { id: 'key', publicKey: 'PEM' } });
  const signed = { projectId, auditId, keyId: 'key', hash: 'a'.repeat(64), envelope: '{}' };
  await db().auditEvidence.create({ data: { ...signed, sequence: 1 } });
  // It refuses every change, before the check is asked.
  await runSql(database.ownerUrl, 'alter table audit_evidence disable trigger user');
}
