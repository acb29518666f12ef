import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import type { Finding } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { FindingFilter, InboxFilter } from '@/lib/schemas/findings';
import { BulkTriageRequest } from '@/lib/schemas/triage';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { listAssignees } from './assignees';
import { acceptBaseline } from './baseline';
import { changeComment, createComment, deleteComment, listComments } from './finding-comments';
import { listFindingHistory } from './finding-history';
import { getFinding, listFindings } from './findings';
import { listInbox } from './inbox';
import { createServiceAccount } from './members';
import { countOpenFindings } from './open-findings';
import { triageFinding, triageFindings, undoChange } from './triage';

const JUDGED = { outcomes: { [MARKER_RULE]: 'failed' } } as const;
const ACCEPTED = { verdict: 'accepted', reason: 'behind the firewall' } as const;
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

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

describe('a verdict', () => {
  test('takes a finding out of the open ones at once, with who gave it and why, and can be taken back', async () => {
    const { ctx, userId } = await person('member');
    const { projectId, ids } = await found(['a', 'b']);

    const changeId = await triageFinding(ctx, ids.a, { ...ACCEPTED, until: TOMORROW });

    expect(await pathsOf(projectId, {})).toEqual(['src/b.ts']);
    expect(await pathsOf(projectId, { state: 'accepted' })).toEqual(['src/a.ts']);
    expect(await countOpenFindings(projectId)).toBe(1);
    expect(await getFinding(ctx, ids.a)).toMatchObject({
      state: 'accepted',
      verdict: { ...ACCEPTED, until: TOMORROW, isInForce: true, givenBy: { userId, name: 'Member' } },
    });

    await undoChange(ctx, { changeId: changeId ?? '' });

    expect(await pathsOf(projectId, {})).toEqual(['src/a.ts', 'src/b.ts']);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'existing', verdict: null });
  });

  test('given for good is listed under its name, and among all', async () => {
    const { ctx } = await person('member');
    const { projectId, ids } = await found(['a', 'b']);
    await triageFinding(ctx, ids.a, { verdict: 'false_positive', reason: 'no' });

    expect(await pathsOf(projectId, { state: 'false_positive' })).toEqual(['src/a.ts']);
    expect(await pathsOf(projectId, { state: 'accepted,wont_fix' })).toEqual([]);
    expect(await pathsOf(projectId, { state: 'all' })).toEqual(['src/a.ts', 'src/b.ts']);
  });

  test('that is over leaves the finding open again', async () => {
    const { ctx } = await person('member');
    const { projectId, ids } = await found(['a']);
    await triageFinding(ctx, ids.a, { ...ACCEPTED, until: YESTERDAY });

    expect(await pathsOf(projectId, { state: 'reopened' })).toEqual(['src/a.ts']);
    expect(await pathsOf(projectId, { state: 'accepted' })).toEqual([]);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'reopened', verdict: { isInForce: false } });
    expect(await countOpenFindings(projectId)).toBe(1);
  });

  test('that says what was said before changes nothing', async () => {
    const { ctx } = await person('member');
    const { ids } = await found(['a']);

    const changes = [await triageFinding(ctx, ids.a, ACCEPTED), await triageFinding(ctx, ids.a, ACCEPTED)];

    expect(changes).toEqual([expect.any(String), null]);
    expect(await db().findingVerdict.count({ where: { findingId: ids.a } })).toBe(1);
  });

  test('is kept with all that came before it, and in the audit log', async () => {
    const { ctx, userId } = await person('member');
    const { ids } = await found(['a']);
    await triageFinding(ctx, ids.a, ACCEPTED);
    await triageFinding(ctx, ids.a, { verdict: 'wont_fix', reason: 'to be deleted' });
    await triageFinding(ctx, ids.a, { verdict: null });

    const { items } = await listFindingHistory(ctx, ids.a);
    const log = await db().auditLogEntry.findMany({ where: { target: ids.a }, orderBy: { id: 'asc' } });

    expect(items.map(({ event, actor }) => [event.kind, actor?.userId ?? null])).toEqual([
      ['found', null],
      ['verdict', userId],
      ['verdict', userId],
      ['verdict', userId],
    ]);
    expect(items.at(2)?.event).toMatchObject({ before: ACCEPTED, after: { verdict: 'wont_fix' } });
    expect(log).toMatchObject([
      { action: 'finding.triaged', actorId: userId, before: { verdict: null }, after: { verdict: ACCEPTED } },
      { action: 'finding.triaged', before: { verdict: ACCEPTED }, after: { verdict: { reason: 'to be deleted' } } },
      { action: 'finding.triaged', after: { verdict: null } },
    ]);
  });

  test('takes the role member', async () => {
    const { ids } = await found(['a']);

    await expect(triageFinding(team.as('viewer'), ids.a, ACCEPTED)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an assignment', () => {
  test('goes to people of the team alone, and is found in their inbox', async () => {
    const { ctx, userId } = await person('member');
    const { ids, projectId } = await found(['a', 'b']);
    const stranger = await db().user.create({ data: { email: `${randomUUID()}@example.org`, name: 'Stranger' } });

    await triageFinding(ctx, ids.a, { assigneeId: userId });
    const refused = triageFinding(ctx, ids.b, { assigneeId: stranger.id });

    await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
    const inbox = await listInbox(ctx, inboxFilter({ view: 'mine' }));
    expect(inbox.items.map((item) => [item.projectId, item.findingId, item.assignee?.name])).toEqual([
      [projectId, ids.a, 'Member'],
    ]);
    expect(await pathsOf(projectId, { assignee: 'none' })).toEqual(['src/b.ts']);
    expect(await pathsOf(projectId, { assignee: userId })).toEqual(['src/a.ts']);
  });

  test('goes to no service account, and offers none', async () => {
    const owner = await person('owner');
    const { ids, projectId } = await found(['a']);
    const { userId: robot } = await createServiceAccount(owner.ctx, team.teamId, { name: 'Robot', role: 'member' });

    const refused = triageFinding(owner.ctx, ids.a, { assigneeId: robot });

    await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
    const offered = (await listAssignees(owner.ctx, projectId)).items.map(({ userId }) => userId);
    expect(offered).toContain(owner.userId);
    expect(offered).not.toContain(robot);
  });

  test('waits in the inbox no longer once there is a verdict', async () => {
    const { ctx, userId } = await person('member');
    const { ids } = await found(['a']);
    await triageFinding(ctx, ids.a, { assigneeId: userId });
    await triageFinding(ctx, ids.a, { ...ACCEPTED, until: TOMORROW });

    const [mine, expiring] = await Promise.all([
      listInbox(ctx, inboxFilter({ view: 'mine' })),
      listInbox(ctx, inboxFilter({ view: 'expiring' })),
    ]);

    expect(mine.total).toBe(0);
    expect(expiring.items.map(({ findingId }) => findingId)).toContain(ids.a);
    expect(expiring.views).toMatchObject({ mine: 0, expiring: expiring.total });
  });
});

describe('a change of many', () => {
  test('is one change, whatever they were before', async () => {
    const { ctx } = await person('member');
    const { ids, projectId } = await found(['a', 'b', 'c']);
    await triageFinding(ctx, ids.a, { verdict: 'wont_fix', reason: 'old' });

    const change = await triageFindings(ctx, {
      findingIds: Object.values(ids),
      verdict: 'false_positive',
      reason: 'no',
    });
    expect(change).toMatchObject({ changed: 3, unchanged: 0 });
    expect(await countOpenFindings(projectId)).toBe(0);
    await undoChange(ctx, { changeId: change.changeId ?? '' });

    expect(await pathsOf(projectId, {})).toEqual(['src/b.ts', 'src/c.ts']);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'wont_fix', verdict: { reason: 'old' } });
    const log = await db().auditLogEntry.findMany({ where: { target: projectId }, orderBy: { id: 'asc' } });
    expect(log.slice(-2)).toMatchObject([
      { action: 'finding.triaged', detail: { findings: 3, changeId: change.changeId } },
      { action: 'finding.change_undone', detail: { findings: 3 } },
    ]);
  });

  test('takes back only what is still as it made it', async () => {
    const { ctx } = await person('member');
    const { ids } = await found(['a', 'b']);
    const { changeId } = await triageFindings(ctx, { findingIds: [ids.a, ids.b], ...ACCEPTED });
    await triageFinding(ctx, ids.b, { verdict: 'wont_fix', reason: 'decided since' });

    const undone = await undoChange(ctx, { changeId: changeId ?? '' });

    expect(undone).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await getFinding(ctx, ids.a)).toMatchObject({ verdict: null });
    expect(await getFinding(ctx, ids.b)).toMatchObject({ state: 'wont_fix' });
  });

  test('by a filter changes what the list shows under it', async () => {
    const { ctx } = await person('member');
    const { projectId } = await found(['a', 'b']);

    const change = await triageFindings(ctx, { projectId, filter: { path: 'a.ts' }, ...ACCEPTED });

    expect(change.changed).toBe(1);
    expect(await pathsOf(projectId, {})).toEqual(['src/b.ts']);
  });

  test('by whom they are assigned to changes those alone, and a filter that is not known is refused', async () => {
    const { ctx, userId } = await person('member');
    const { ids, projectId } = await found(['a', 'b']);
    await triageFinding(ctx, ids.a, { assigneeId: userId });
    const mine = { projectId, filter: { assignee: 'me' }, ...ACCEPTED };

    const change = await triageFindings(ctx, BulkTriageRequest.parse(mine));

    expect(change).toMatchObject({ changed: 1, findingIds: [ids.a] });
    expect(BulkTriageRequest.safeParse({ ...mine, filter: { owner: 'me' } }).success).toBe(false);
  });

  test('with a finding of another team changes nothing', async () => {
    const { ctx } = await person('member');
    const { ids, projectId } = await found(['a']);
    const foreign = await found(['x'], await createTeam());

    const refused = triageFindings(ctx, { findingIds: [ids.a, foreign.ids.x], ...ACCEPTED });

    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
    expect(await pathsOf(projectId, {})).toEqual(['src/a.ts']);
  });
});

test('a baseline accepts all that is open and is taken back as one', async () => {
  const { ctx } = await person('member');
  const { projectId, ids } = await found(['a', 'b', 'c']);
  await triageFinding(ctx, ids.c, { verdict: 'false_positive', reason: 'no' });

  const change = await acceptBaseline(ctx, projectId, { reason: 'adopted as it was' });

  expect(change).toMatchObject({ changed: 2, unchanged: 0 });
  expect(await countOpenFindings(projectId)).toBe(0);
  await undoChange(ctx, { changeId: change.changeId ?? '' });
  expect(await pathsOf(projectId, {})).toEqual(['src/a.ts', 'src/b.ts']);
  expect(await getFinding(ctx, ids.c)).toMatchObject({ state: 'false_positive' });
});

describe('a comment', () => {
  test('is changed and deleted by who wrote it alone', async () => {
    const [one, other] = [await person('member'), await person('admin')];
    const { ids } = await found(['a']);
    const { commentId } = await createComment(one.ctx, ids.a, { text: 'see #12\nand #13' });

    await expect(changeComment(other.ctx, ids.a, commentId, { text: 'no' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(deleteComment(other.ctx, ids.a, commentId)).rejects.toMatchObject({ code: 'forbidden' });
    await changeComment(one.ctx, ids.a, commentId, { text: 'see #14' });
    const [seen] = (await listComments(other.ctx, ids.a)).items;
    await deleteComment(one.ctx, ids.a, commentId);

    expect(seen).toMatchObject({
      text: 'see #14',
      author: { name: 'Member' },
      isOwn: false,
      editedAt: expect.any(String),
    });
    expect((await listComments(one.ctx, ids.a)).items).toEqual([]);
    const log = await db().auditLogEntry.findMany({ where: { target: ids.a }, orderBy: { id: 'asc' } });
    expect(log.map(({ action }) => action)).toEqual(['comment.created', 'comment.changed', 'comment.deleted']);
  });
});

test('nothing of a finding is there for another team', async () => {
  const { ctx } = await person('member');
  const { ids, projectId } = await found(['a']);
  const changeId = (await triageFinding(ctx, ids.a, ACCEPTED)) ?? '';
  const { commentId } = await createComment(ctx, ids.a, { text: 'ours' });
  const stranger = (await createTeam()).as('owner');

  const asked = await Promise.allSettled([
    triageFinding(stranger, ids.a, ACCEPTED),
    triageFindings(stranger, { findingIds: [ids.a], ...ACCEPTED }),
    triageFindings(stranger, { projectId, ...ACCEPTED }),
    undoChange(stranger, { changeId }),
    undoChange(stranger, { changeId: randomUUID() }),
    acceptBaseline(stranger, projectId, { reason: 'mine' }),
    listComments(stranger, ids.a),
    createComment(stranger, ids.a, { text: 'hello' }),
    changeComment(stranger, ids.a, commentId, { text: 'hello' }),
    deleteComment(stranger, ids.a, commentId),
    listFindingHistory(stranger, ids.a),
    listInbox(stranger, inboxFilter({ teamId: team.teamId })),
  ]);

  expect(asked).toEqual(
    asked.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'not_found' }) })),
  );
  expect((await listInbox(stranger, inboxFilter({ view: 'new' }))).total).toBe(0);
});

describe('the next audit', () => {
  test('lets stand what has a verdict, and says that it came back once there is none', async () => {
    const { ctx } = await person('member');
    const { projectId, ids } = await found(['a', 'b']);
    await triageFinding(ctx, ids.a, ACCEPTED);
    const held = [{ ...markerFinding('a'), suppression: { source: 'team', ...ACCEPTED, expires: null } }] as const;

    const second = await audit(projectId, [markerFinding('b')], held);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'accepted', suppression: null });
    await triageFinding(ctx, ids.a, { verdict: null });
    const third = await audit(projectId, [markerFinding('a'), markerFinding('b')]);

    const audits = await db().audit.findMany({ where: { id: { in: [second, third] } }, orderBy: { number: 'asc' } });
    expect(audits.map(({ reopenedFindings, fixedCount }) => [reopenedFindings.length, fixedCount])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'reopened', verdict: null });
  });

  test('does not count what was let stand as fixed when it goes', async () => {
    const { ctx } = await person('member');
    const { projectId, ids } = await found(['a']);
    await triageFinding(ctx, ids.a, ACCEPTED);
    const held = [{ ...markerFinding('a'), suppression: { source: 'team', ...ACCEPTED, expires: null } }] as const;
    await audit(projectId, [], held);

    const last = await audit(projectId, []);

    expect(await db().audit.findUniqueOrThrow({ where: { id: last } })).toMatchObject({ fixedCount: 0 });
    expect(await getFinding(ctx, ids.a)).toMatchObject({ state: 'fixed' });
  });

  test('knows a finding again whose file has moved, there and back', async () => {
    const { ctx } = await person('member');
    const { projectId, ids } = await found(['a']);
    await triageFinding(ctx, ids.a, { ...ACCEPTED, until: YESTERDAY });
    const [here, there] = [markerFinding('a'), markerFinding('moved')];

    await audit(projectId, [{ ...there, formerFingerprint: here.fingerprint }]);
    expect(await getFinding(ctx, ids.a)).toMatchObject({ path: 'src/moved.ts', verdict: { reason: ACCEPTED.reason } });
    const back = await audit(projectId, [{ ...here, formerFingerprint: there.fingerprint }]);

    expect(await getFinding(ctx, ids.a)).toMatchObject({ path: 'src/a.ts', fingerprint: here.fingerprint });
    expect(await db().finding.count({ where: { projectId } })).toBe(1);
    expect(await db().audit.findUniqueOrThrow({ where: { id: back } })).toMatchObject({
      newFindings: [],
      fixedCount: 0,
    });
  });
});

/** Somebody in the team who has an account. */
async function person(role: Role, teamId = team.teamId) {
  const name = `${role[0]?.toUpperCase()}${role.slice(1)}`;
  const { id: userId } = await db().user.create({ data: { email: `${randomUUID()}@example.org`, name } });
  await db().membership.create({ data: { userId, teamId, role } });
  const roles = new Map([[teamId, role]]);
  return { userId, ctx: createContext({ userId, roles, requestId: randomUUID(), log: logger() }) };
}

async function found<Name extends string>(names: readonly Name[], owner = team) {
  const projectId = await createProject(owner);
  const findings = names.map((name) => markerFinding(name));
  await runJudgedAudit(owner.as('member'), projectId, { results: [magicResult('integrity', findings, JUDGED)] });
  const rows = await db().finding.findMany({ where: { projectId } });
  const idOf = (name: string) => rows.find(({ path }) => path === `src/${name}.ts`)?.id ?? '';
  return { projectId, ids: Object.fromEntries(names.map((name) => [name, idOf(name)])) as Record<Name, string> };
}

function audit(projectId: string, open: readonly Finding[], suppressed: readonly object[] = []): Promise<string> {
  const result = { ...magicResult('integrity', open, JUDGED), suppressed: [...suppressed] as never[] };
  return runJudgedAudit(team.as('member'), projectId, { results: [result] });
}

async function pathsOf(projectId: string, filter: Partial<FindingFilter>): Promise<(string | null)[]> {
  const { items } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse(filter));
  return items.map(({ path }) => path);
}

function inboxFilter(filter: object) {
  return InboxFilter.parse(filter);
}
