import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asNobody, narrowTo } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { checkChains } from '@/lib/evidence/check-chain';
import { checkEvidence } from '@/lib/evidence/check-evidence';
import { hashEvidence } from '@/lib/evidence/entry';
import { readPublicKeys } from '@/lib/evidence/keys';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { runSql } from '@/tests/support/postgres';
import { findRun } from './audit-run';
import { settleAudit } from './audit-settle';
import { cancelAudit, getAudit, requestAudit } from './audits';
import { getAuditEvidence, streamProjectEvidence } from './evidence';
import { listEvidenceKeys, loadEvidenceKey, rotateEvidenceKey } from './evidence-key';
import { deleteProject } from './project-changes';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const RESULTS = [magicResult('integrity', [markerFinding('a')], { score: 82.4 })];
const audit = (projectId: string, branch?: string) =>
  runJudgedAudit(team.as('member'), projectId, { results: RESULTS, ...(branch && { branch }) });
const pinnedKeys = async () => readPublicKeys(JSON.stringify(await listEvidenceKeys()));

async function exported(projectId: string): Promise<string[]> {
  const text = await new Response(await streamProjectEvidence(team.as('viewer'), projectId)).text();
  return text.split('\n').slice(0, -1);
}

async function checked(lines: readonly string[]) {
  const keys = await pinnedKeys();
  return lines.map((line, index) => {
    const check = checkEvidence(line, keys);
    if (check.problem !== null) throw new Error(check.problem);
    return { ...check, file: 'chain.jsonl', line: index + 1 };
  });
}

describe('an audit that ended', () => {
  test('is told in a statement about its commit, signed by a key that this installation publishes', async () => {
    const projectId = await createProject(team, { path: 'https://example.org/team/app.git' });
    const auditId = await audit(projectId);

    const envelope = await getAuditEvidence(team.as('viewer'), auditId);

    const check = checkEvidence(envelope, await pinnedKeys());
    const detail = await getAudit(team.as('viewer'), auditId);
    expect(check).toMatchObject({
      problem: null,
      isKeyPinned: true,
      statement: {
        subject: [
          {
            name: 'https://example.org/team/app.git',
            uri: `git+https://example.org/team/app.git@${'c'.repeat(40)}`,
            digest: { gitCommit: 'c'.repeat(40) },
          },
        ],
        predicate: {
          project: { id: projectId, name: 'Project' },
          audit: { id: auditId, number: 1, branch: 'main', asOf: null, endedAt: detail.endedAt },
          outcome: 'completed',
          missingMagics: [],
          health: { score: detail.healthScore, coverage: detail.healthCoverage },
          gate: { verdict: detail.gate, reason: detail.gateReason },
          magics: [{ magic: 'integrity', status: 'passed', score: 82.4, counts: { medium: 1 } }],
          counts: detail.counts,
          resultHash: detail.resultHash,
          chain: { sequence: 1, previous: null },
        },
      },
    });
    expect(detail.evidence).toEqual({
      sequence: 1,
      keyId: (await loadEvidenceKey()).id,
      hash: hashEvidence(envelope),
    });
  });

  test('names a repository that is local to the server by the project alone', async () => {
    const auditId = await audit(await createProject(team, { path: '/srv/secret-place/app' }));

    const envelope = await getAuditEvidence(team.as('viewer'), auditId);

    expect(Buffer.from(JSON.parse(envelope).payload, 'base64').toString()).not.toContain('secret-place');
  });

  test('follows in the chain of its project, whatever the branch, and however many end at once', async () => {
    const projectId = await createProject(team);

    await audit(projectId);
    await Promise.all(['one', 'two', 'three', 'four'].map((branch) => audit(projectId, branch)));
    await audit(projectId);

    const lines = await exported(projectId);
    expect(checkChains(await checked(lines))).toEqual([
      {
        projectId,
        projectName: 'Project',
        entries: 6,
        first: 1,
        last: 6,
        head: hashEvidence(lines[5] ?? ''),
        problems: [],
      },
    ]);
  });

  test('says that it is partial and what is missing, and has no result hash', async () => {
    const projectId = await createProject(team);
    const auditId = await runJudgedAudit(team.as('member'), projectId, { results: RESULTS, crashed: ['tdd'] });

    const check = checkEvidence(await getAuditEvidence(team.as('viewer'), auditId), await pinnedKeys());

    expect(check).toMatchObject({
      problem: null,
      statement: {
        predicate: {
          outcome: 'partial',
          missingMagics: ['tdd'],
          resultHash: null,
          gate: { verdict: 'warning', reason: { id: 'incomplete' } },
        },
      },
    });
  });

  test('is told of once, however often it is settled', async () => {
    const projectId = await createProject(team);
    const auditId = await audit(projectId);
    const ref = { auditId, attempt: 1, stage: 'settle', key: '' } as const;
    await db().audit.update({ where: { id: auditId }, data: { status: 'running' } });
    const run = await findRun(ref);
    if (!run) throw new Error('the audit does not run');

    await expect(settleAudit(ref, run)).rejects.toThrow();

    expect(await exported(projectId)).toHaveLength(1);
  });

  test('has nothing to tell when no magic could be judged', async () => {
    const projectId = await createProject(team);
    const auditId = await runJudgedAudit(team.as('member'), projectId, { results: [], crashed: ['tdd'] });

    expect(await getAudit(team.as('viewer'), auditId)).toMatchObject({ status: 'failed', evidence: null });
    expect(await exported(projectId)).toEqual([]);
  });

  test('is not told of when it was cancelled', async () => {
    const projectId = await createProject(team);
    const { taskId } = await requestAudit(
      team.as('member'),
      projectId,
      { auditType: 'full', priority: 'normal' },
      { trigger: 'manual' },
    );
    await cancelAudit(team.as('member'), taskId);

    await expect(getAuditEvidence(team.as('viewer'), taskId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await getAudit(team.as('viewer'), taskId)).toMatchObject({ evidence: null });
    expect(await exported(projectId)).toEqual([]);
  });

  test('is hidden from another team', async () => {
    const projectId = await createProject(team);
    const auditId = await audit(projectId);
    const stranger = await createTeam();

    await expect(getAuditEvidence(stranger.as('owner'), auditId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(streamProjectEvidence(stranger.as('owner'), projectId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('a chain longer than a batch is read after its request ended, and holds nothing of others', async () => {
  const projectId = await createProject(team);
  await audit(projectId);
  const [first] = await db().auditEvidence.findMany({ where: { projectId } });
  if (!first) throw new Error('no evidence');
  await db().auditEvidence.createMany({
    data: Array.from({ length: 250 }, (_, index) => ({
      ...first,
      auditId: crypto.randomUUID(),
      sequence: index + 2,
      previousHash: first.hash,
    })),
  });

  const stream = await asNobody(async () => {
    narrowTo([team.teamId]);
    return streamProjectEvidence(team.as('viewer'), projectId);
  });
  const lines = (await new Response(stream).text()).trimEnd().split('\n');

  expect(lines).toHaveLength(251);
});

describe('the key', () => {
  test('is made once, readable by its owner alone, however many ask for it at the same time', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadEvidenceKey()));

    const { mode } = await stat(path.join(env().ELDER_DATA_DIR, 'evidence-key.pem'));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(mode & 0o777).toBe(0o600);
  });

  test('gives way to a new one, and what it signed still holds', async () => {
    const projectId = await createProject(team);
    await audit(projectId);
    const { before, after } = await rotateEvidenceKey();
    await audit(projectId);

    const entries = await checked(await exported(projectId));

    expect(entries.map(({ keyId }) => keyId)).toEqual([before, after]);
    expect(checkChains(entries)).toMatchObject([{ entries: 2, problems: [] }]);
    expect((await listEvidenceKeys()).items[0]).toMatchObject({ keyId: after, algorithm: 'ed25519' });
  });
});

describe('what was signed', () => {
  test('is neither changed nor deleted, and goes with its project', async () => {
    const projectId = await createProject(team);
    const auditId = await audit(projectId);
    const where = { projectId };

    await expect(db().auditEvidence.updateMany({ where, data: { envelope: '{}' } })).rejects.toThrow('denied');
    await expect(db().auditEvidence.deleteMany({ where })).rejects.toThrow('denied');
    await expect(db().$executeRaw`truncate audit_evidence`).rejects.toThrow('denied');
    for (const change of [
      `update audit_evidence set envelope = '{}'`,
      'delete from audit_evidence',
      'truncate audit_evidence',
    ]) {
      await expect(runSql(database.ownerUrl, `set elder.team_ids = '*'; ${change}`)).rejects.toThrow('not changed');
    }
    await expect(db().evidenceKey.deleteMany({})).rejects.toThrow();
    await db().audit.delete({ where: { id: auditId } });
    expect(await exported(projectId)).toHaveLength(1);

    await deleteProject(team.as('admin'), projectId);
    expect(await db().auditEvidence.count({ where })).toBe(0);
  });

  test('has one entry at each place: a chain does not fork', async () => {
    const projectId = await createProject(team);
    await audit(projectId);
    const [entry] = await db().auditEvidence.findMany({ where: { projectId } });
    if (!entry) throw new Error('no evidence');

    await expect(db().auditEvidence.create({ data: { ...entry, auditId: crypto.randomUUID() } })).rejects.toThrow();
  });
});
