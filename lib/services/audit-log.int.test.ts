import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HashedEntry, hashEntry } from '@/lib/auth/log-chain';
import { closeDb, db } from '@/lib/db/client';
import { signingKeyOf } from '@/lib/evidence/entry';
import { signLogHead } from '@/lib/evidence/log-head';
import type { Logger } from '@/lib/logger';
import type { ChangeAction } from '@/lib/schemas/change-actions';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { runSql } from '@/tests/support/postgres';
import { listAuditLog, listAuditLogActions } from './audit-log';
import { checkAuditLog, checkLogChain, listLogChains } from './audit-log-check';
import { signLogHeads } from './audit-log-heads';
import { recordChange } from './change-log';
import { listEvidenceKeys, loadEvidenceKey, rememberKey } from './evidence-key';
import { changeProject } from './project-changes';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

beforeEach(async () => {
  team = await createTeam();
});

async function write(count: number, action: ChangeAction = 'token.created'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await db().$transaction((tx) => recordChange(tx, team.as('admin'), { action, teamId: team.teamId }));
  }
}

/** As somebody who holds the database and knows no shame. */
async function tamper(sql: string): Promise<void> {
  await runSql(
    database.ownerUrl,
    `set elder.team_ids = '*';
    alter table audit_log disable trigger audit_log_is_append_only;
    ${sql};
    alter table audit_log enable trigger audit_log_is_append_only`,
  );
}

describe('the list', () => {
  test('tells what was changed, newest first, page by page', async () => {
    const projectId = await createProject(team);
    for (const projectName of ['One', 'Two', 'Three'])
      await changeProject(team.as('admin'), projectId, { projectName });

    const first = await listAuditLog(team.as('admin'), team.teamId, { limit: 2 });
    const second = await listAuditLog(team.as('admin'), team.teamId, { limit: 2, cursor: first.nextCursor ?? '' });

    expect([...first.items, ...second.items].map(({ sequence, after }) => [sequence, after])).toEqual([
      [3, { name: 'Three' }],
      [2, { name: 'Two' }],
      [1, { name: 'One' }],
    ]);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ action: 'project.renamed', target: projectId, targetName: 'Three' });
  });

  test('can be narrowed to one kind of change, or to all changes of one kind of thing', async () => {
    await write(2);
    await write(1, 'token.revoked');
    await write(1, 'share.created');
    const actionsOf = async (action: string) =>
      (await listAuditLog(team.as('owner'), team.teamId, { limit: 10, action })).items.map((entry) => entry.action);

    expect(await actionsOf('token.revoked')).toEqual(['token.revoked']);
    expect(await actionsOf('token')).toEqual(['token.revoked', 'token.created', 'token.created']);
    expect(await listAuditLogActions(team.as('admin'), team.teamId)).toEqual({
      items: ['share.created', 'token.created', 'token.revoked'],
    });
  });

  test('is for admins of the team alone', async () => {
    const others = await createTeam();
    for (const read of [listAuditLogActions, checkAuditLog]) {
      await expect(read(team.as('member'), team.teamId)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(read(others.as('owner'), team.teamId)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(listAuditLog(others.as('owner'), team.teamId, { limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is read in the order of an index', async () => {
    await write(1);
    const plans = await db().$transaction(async (tx) => {
      await tx.$executeRaw`set local enable_seqscan = off`;
      const all = await tx.$queryRaw`
        explain select * from audit_log where team_id = ${team.teamId}::uuid order by id desc limit 51`;
      const kind = await tx.$queryRaw`
        explain select * from audit_log where team_id = ${team.teamId}::uuid and action = 'thing.changed'
        order by id desc limit 51`;
      return JSON.stringify([all, kind]);
    });

    expect(plans).toContain('audit_log_team_id_id_idx');
    expect(plans).not.toContain('Sort');
  });

  test('names nothing of another team, even when an entry points at it', async () => {
    const others = await createTeam();
    const target = await createProject(others);
    await db().$transaction((tx) =>
      recordChange(tx, team.as('admin'), { action: 'project.refused', teamId: team.teamId, target }),
    );

    const { items } = await listAuditLog(team.as('admin'), team.teamId, { limit: 5 });

    expect(items).toMatchObject([{ target, targetName: null }]);
  });
});

describe('the check', () => {
  test('finds an untouched log intact and gives the newest hash', async () => {
    await write(3);

    const check = await checkAuditLog(team.as('admin'), team.teamId);

    expect(check).toMatchObject({ isIntact: true, entries: 3, broken: null });
    const { items } = await listAuditLog(team.as('admin'), team.teamId, { limit: 1 });
    expect(items[0]?.hash).toBe(check.head);
    expect(await listLogChains()).toContain(team.teamId);
  });

  test('is made so often for one person', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 25 }, () => checkAuditLog(team.as('admin'), team.teamId)),
    );

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(asked.at(-1)).toMatchObject({ reason: { code: 'rate_limited' } });
  });

  test.each([
    ['changed', `update audit_log set detail = '{"a":1}' where chain = $team and sequence = 2`, 'changed', 2],
    [
      'given another time',
      `update audit_log set at = at - interval '1 day' where chain = $team and sequence = 3`,
      'changed',
      3,
    ],
    ['deleted', 'delete from audit_log where chain = $team and sequence = 2', 'missing', 2],
    ['cut off at the end', 'delete from audit_log where chain = $team and sequence > 3', 'cut', 4],
  ] as const)('names the first entry that was %s', async (_what, sql, reason, sequence) => {
    await write(4);
    await tamper(sql.replace('$team', `'${team.teamId}'`));

    const check = await checkLogChain(team.teamId);

    expect(check).toMatchObject({ isIntact: false, entries: sequence - 1, broken: { sequence, reason } });
  });
});

describe('signed heads', () => {
  const silent = () => ({ error: vi.fn() });
  const signNow = (log = silent()) => signLogHeads(log as unknown as Logger, team.teamId);

  /** Every entry and the head, as somebody writes them who knows how hashes are made. */
  async function writeAnew(): Promise<void> {
    const entries = await db().auditLogEntry.findMany({ where: { chain: team.teamId }, orderBy: { sequence: 'asc' } });
    let hash = '';
    const changes: string[] = [];
    for (const { id, at, hash: _, ...row } of entries) {
      const entry = { ...row, action: 'team.renamed', at: at.toISOString() } as HashedEntry;
      hash = hashEntry(entry, hash);
      changes.push(`update audit_log set action = 'team.renamed', hash = '${hash}' where id = ${id}`);
    }
    changes.push(`update audit_log_heads set hash = '${hash}' where chain = '${team.teamId}'`);
    await tamper(changes.join(';'));
  }

  test('are told with the check, and made once for what came since', async () => {
    await write(3);

    expect(await signNow()).toEqual({ signed: 1 });
    expect(await signNow()).toEqual({ signed: 0 });
    await write(2);

    const { keyId = '' } = (await checkAuditLog(team.as('admin'), team.teamId)).signed ?? {};
    expect(await checkLogChain(team.teamId)).toMatchObject({
      isIntact: true,
      entries: 5,
      signed: { sequence: 3, keyId },
    });
    expect((await listEvidenceKeys()).items.map((key) => key.keyId)).toContain(keyId);
    expect(await signNow()).toEqual({ signed: 1 });
    expect(await checkLogChain(team.teamId)).toMatchObject({ signed: { sequence: 5, keyId } });
  });

  test('find out a log that was written anew as a whole', async () => {
    await write(2);
    await signNow();
    await write(2);
    await writeAnew();

    expect(await checkLogChain(team.teamId)).toEqual({
      isIntact: false,
      entries: 1,
      head: expect.any(String),
      broken: { sequence: 2, reason: 'signed' },
      signed: null,
    });
    const log = silent();
    expect(await signNow(log)).toEqual({ signed: 0 });
    expect(log.error).toHaveBeenCalledWith(
      { chain: team.teamId, sequence: 3, reason: 'changed' },
      'the audit log does not follow from its signed head',
    );
  });

  test('find out a head that was put back with what followed it', async () => {
    await write(4);
    await signNow();
    await tamper(`delete from audit_log where chain = '${team.teamId}' and sequence > 2;
      update audit_log_heads h set sequence = 2, hash = l.hash from audit_log l
      where l.chain = h.chain and l.sequence = 2 and h.chain = '${team.teamId}'`);

    expect(await checkLogChain(team.teamId)).toMatchObject({
      isIntact: false,
      entries: 2,
      broken: { sequence: 3, reason: 'cut' },
    });
  });

  test('count only when the key signed them that they name', async () => {
    await write(2);
    await signNow();
    await writeAnew();
    // The hash of the signature too, which only the signature itself gives away now.
    await runSql(
      database.ownerUrl,
      `set elder.team_ids = '*'; alter table audit_log_signatures disable trigger user;
      update audit_log_signatures s set hash = l.hash from audit_log l
      where l.chain = s.chain and l.sequence = s.sequence and s.chain = '${team.teamId}';
      alter table audit_log_signatures enable trigger user`,
    );

    expect(await checkLogChain(team.teamId)).toMatchObject({ broken: { sequence: 2, reason: 'signed' } });
  });

  test('of a key that somebody put into the database do not count for who has the real one', async () => {
    await write(2);
    const forger = signingKeyOf(generateKeyPairSync('ed25519').privateKey);
    await db().$transaction((tx) => rememberKey(tx, forger));
    const real = await loadEvidenceKey();
    const head = await db().auditLogHead.findFirstOrThrow({ where: { chain: team.teamId } });
    const { id: instanceId } = await db().instance.findFirstOrThrow();
    const signedAt = new Date();
    const signature = signLogHead({ instanceId, ...head, signedAt: signedAt.toISOString() }, forger);
    await db().auditLogSignature.create({ data: { ...head, keyId: forger.id, signedAt, signature } });

    expect(await checkLogChain(team.teamId)).toMatchObject({ signed: { keyId: forger.id } });
    expect(await checkLogChain(team.teamId, [{ id: real.id, key: real.publicKey }])).toMatchObject({
      isIntact: true,
      signed: null,
    });
  });

  test('are neither changed nor deleted', async () => {
    await write(1);
    await signNow();

    await expect(db().auditLogSignature.deleteMany({})).rejects.toThrow('denied');
    await expect(db().auditLogSignature.updateMany({ data: { hash: '' } })).rejects.toThrow('denied');
    await expect(runSql(database.ownerUrl, 'delete from audit_log_signatures')).rejects.toThrow('not changed');
  });
});
