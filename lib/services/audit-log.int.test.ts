import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { ChangeAction } from '@/lib/schemas/change-actions';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { listAuditLog, listAuditLogActions } from './audit-log';
import { checkAuditLog, checkLogChain, listLogChains } from './audit-log-check';
import { recordChange } from './change-log';
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
  await db().$executeRawUnsafe('alter table audit_log disable trigger audit_log_is_append_only');
  await db().$executeRawUnsafe(sql);
  await db().$executeRawUnsafe('alter table audit_log enable trigger audit_log_is_append_only');
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
