import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db/client';
import { defaultPolicy } from '@/lib/magics/policy';
import type { QueueBackend } from '@/lib/queues/backend';
import { placeAfter } from '@/lib/services/place-in-line';

const ROWS_AT_ONCE = 2_500;

/** Projects of the team, each with an audit that waits, as if they had been asked for one after the other. */
export async function addBacklog(teamId: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const size = Math.min(ROWS_AT_ONCE, count - start);
    const rows = Array.from({ length: size }, (_, place) => ({
      projectId: randomUUID(),
      auditId: randomUUID(),
      queueId: `prepare.-.${randomUUID()}`,
      priority: placeAfter(start + place, 'normal'),
    }));
    const address = { repositoryUrl: '/nowhere', branch: 'main' };
    const audit = { number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: defaultPolicy as object };
    await db().project.createMany({
      data: rows.map(({ projectId }) => ({
        id: projectId,
        teamId,
        name: 'Waiting',
        canonicalKey: projectId,
        ...address,
      })),
    });
    await db().audit.createMany({
      data: rows.map(({ auditId, projectId, priority }) => ({ id: auditId, projectId, priority, ...audit })),
    });
    await db().auditJob.createMany({
      data: rows.map(({ auditId, queueId }) => ({ auditId, attempt: 1, kind: 'prepare', queueId })),
    });
    await db().outboxJob.createMany({
      data: rows.map(({ auditId, queueId, priority }) => ({
        name: 'audit.prepare',
        payload: { auditId, attempt: 1 },
        options: { jobId: queueId, priority },
        priority,
      })),
    });
  }
}

/** Takes jobs from the queue, one at a time, until it is this audit's; gives how many of others went before it. */
export async function jobsBefore(queues: QueueBackend, auditId: string, meanwhile?: () => Promise<unknown>) {
  let before = 0;
  let found: () => void = () => undefined;
  let isFound = false;
  const reached = new Promise<void>((resolve) => {
    found = resolve;
  });
  const consumer = await queues.consume('git', {
    concurrency: 1,
    run: async ({ data }) => {
      if ((data as { auditId: string }).auditId === auditId) {
        isFound = true;
        found();
      } else if (!isFound) before += 1;
    },
    onGivenUp: async () => undefined,
  });
  const working = meanwhile?.();
  await reached;
  await consumer.close();
  await working;
  return before;
}
