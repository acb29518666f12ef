import { Server } from 'socket.io';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { createRealtimeAdapter, type RealtimeAdapter } from '@/lib/realtime/adapter';
import type { AuditCompleted, AuditUpdate } from '@/lib/realtime/events';
import { closePublisher } from '@/lib/realtime/publish';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { announceAudit, publishAuditUpdate } from './audit-events';
import { cancelAudit, requestAudit } from './audits';

let database: TestDatabase;
let adapter: RealtimeAdapter;
let web: Server;
const updates: AuditUpdate[] = [];
const completed: AuditCompleted[] = [];

beforeAll(async () => {
  database = await testDatabase();
  adapter = await createRealtimeAdapter();
  web = new Server({ adapter: adapter.adapter });
  web.on('deliver_update', (event) => updates.push(event));
  web.on('deliver_completed', (event) => completed.push(event));
});

afterAll(async () => {
  await closePublisher();
  await web.of('/').adapter.close();
  await adapter.close();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('numbers the events of an audit without a gap and brings them to another process', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const full = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, full, { trigger: 'manual' });
  await until('the first event', async () => updates.length === 1);

  await publishAuditUpdate(auditId, ['tdd', 'git']);
  await Promise.all([publishAuditUpdate(auditId), publishAuditUpdate(auditId), publishAuditUpdate(auditId)]);
  await cancelAudit(team.as('member'), auditId);
  await until('the last event', async () => completed.length === 1);

  const numbers = [...updates, ...completed].map(({ sequence }) => sequence).sort((a, b) => a - b);
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7]);
  // On two connections an event may overtake another; the numbers tell their order.
  const [, second, third] = [...updates].sort((a, b) => a.sequence - b.sequence);
  expect(second).toMatchObject({
    auditId,
    projectId,
    teamId: team.teamId,
    magic: { magic: 'tdd', status: 'waiting' },
  });
  expect(third).toMatchObject({ sequence: 3, magic: { magic: 'git', status: 'waiting' } });
  expect(completed[0]).toMatchObject({ sequence: 7, progress: { status: 'cancelled' }, gate: null, resultHash: null });
});

test('an event that cannot be sent is told in the log and fails nothing', async () => {
  const log = logger().child({});
  const warn = vi.spyOn(log, 'warn');

  await announceAudit('no id', log);

  expect(warn).toHaveBeenCalledWith(expect.objectContaining({ auditId: 'no id' }), 'event could not be sent');
});
