import { actAsSystem } from '@/lib/auth/tenants';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';

/**
 * `npm run bench:fairness [-- <audits>]`: how many jobs of a team with so many waiting audits run before the only one of another
 * team, through the outbox and the queue, on a PostgreSQL of its own.
 */
const GOAL = 3;
const waiting = Number(process.argv[2] ?? 10_000);

await using server = await startDatabaseServer();
const { url } = await copyTemplate(server.access);
Object.assign(process.env, { DATABASE_URL: url, LOG_LEVEL: 'error', NODE_ENV: 'production' });
actAsSystem();
const { closeDb } = await import('@/lib/db/client');
const { logger } = await import('@/lib/logger');
const { openQueues } = await import('@/lib/queues/backend');
const { closePublisher } = await import('@/lib/realtime/publish');
const { requestAudit } = await import('@/lib/services/audits');
const { relayOutbox } = await import('@/lib/services/outbox');
const { addBacklog, jobsBefore } = await import('@/tests/support/backlog');
const { createProject, createTeam } = await import('@/tests/support/factories');

try {
  await using queues = await openQueues({ databaseUrl: url, log: logger() });
  await addBacklog((await createTeam()).teamId, waiting);
  const newcomer = await requestOne();
  const whileMoved = await jobsBefore(queues, newcomer, () => relayOutbox(queues));
  console.log(`${waiting} audits of one team wait. Jobs of them that run before the only audit of another team:`);
  console.log(`  while the outbox is moved: ${whileMoved}`);
  const next = await requestOne();
  await relayOutbox(queues);
  const whenMoved = await jobsBefore(queues, next);
  console.log(`  when the queue holds all: ${whenMoved}`);
  const isMet = Math.max(whileMoved, whenMoved) <= GOAL;
  console.log(`goal: at most ${GOAL}: ${isMet ? 'met' : 'missed'}`);
  process.exitCode = isMet ? 0 : 1;
} finally {
  await closePublisher();
  await closeDb();
}

async function requestOne(): Promise<string> {
  const team = await createTeam();
  const projectId = await createProject(team);
  const body = { auditType: 'full', priority: 'normal' } as const;
  return (await requestAudit(team.as('member'), projectId, body, { trigger: 'manual' })).taskId;
}
