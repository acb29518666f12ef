import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

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
  findings_severity_check: { table: 'findings', column: 'severity', bad: 'bad', good: 'critical' },
};

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await plantRows();
});

afterAll(async () => {
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
  const change = (value: string | null) => pool().query(`update ${table} set ${column} = $1`, [value]);

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
  await db().auditMagic.create({ data: { auditId, attempt: 1, magic: 'git', status: 'waiting' } });
  const report = { commitId: 'c', hash: 'h', format: 'lcov', files: 1, lines: 1, hit: 1, data: new Uint8Array() };
  await db().coverageReport.create({ data: { projectId, ...report } });
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
  await db().$executeRaw`alter table audit_evidence disable trigger user`;
}
