import { randomUUID } from 'node:crypto';
import { db, query, type Tx } from '@/lib/db/client';
import { mayPass } from '@/lib/errors';
import { enqueue } from '@/lib/queues/enqueue';

/** Of a state that the host will not be told anything after. */
export const FINAL_STATES = ['passed', 'failed', 'neutral'] as const;

/** Longer than one telling may take. */
const CLAIM_SECONDS = 90;
/** Answers that one look puts right. */
const MOST_REPAIRED = 200;
/** A host that could not be told is tried again so much later, and for so long. */
const RETRY_MINUTES = 10;
const RETRY_DAYS = 3;

/**
 * Asks that the host be told how the audit stands, where its project has a connection and its team wants it. Called wherever an
 * audit begins, runs or ends, in the same transaction: what is told is read when it is told.
 */
export async function askForAnswer(tx: Tx, auditId: string): Promise<void> {
  const audit = await tx.audit.findFirst({
    where: {
      id: auditId,
      asOf: null,
      trigger: { in: ['push', 'pull_request'] },
      project: { connectionId: { not: null } },
    },
    select: { id: true },
  });
  if (audit) await enqueueAnswer(tx, auditId);
}

/** Tells again later. @param delayMs until when the host wants no request */
export async function askAgain(auditId: string, delayMs: number): Promise<void> {
  await db().$transaction((tx) => enqueueAnswer(tx, auditId, delayMs));
}

async function enqueueAnswer(tx: Tx, auditId: string, delayMs = 0): Promise<void> {
  await enqueue(tx, 'answer.show', { auditId }, { jobId: `answer.${auditId}.${randomUUID().slice(0, 8)}`, delayMs });
}

/** The answer, for the one worker that may speak to the host about it now; null while another one does. */
export async function claimAnswer(audit: {
  id: string;
  projectId: string;
  pullRequestId: string | null;
  commitId: string;
}) {
  const { id, projectId, pullRequestId, commitId } = audit;
  await query`
    insert into commit_answers (id, project_id, audit_id, pull_request_id, commit_id)
    values (${randomUUID()}::uuid, ${projectId}::uuid, ${id}::uuid, ${pullRequestId}::uuid, ${commitId})
    on conflict (audit_id) do nothing`;
  const [row] = await query<{ id: string; externalId: string | null; shownState: string | null }>`
    update commit_answers set claimed_until = now() + ${CLAIM_SECONDS} * interval '1 second'
    where audit_id = ${id}::uuid and (claimed_until is null or claimed_until < now())
    returning id, external_id as "externalId", shown_state as "shownState"`;
  return row ?? null;
}

export interface ShownAnswer {
  shownState: string;
  externalId: string | null;
}

/** @param shown what the host was told of the state; null: nothing new. @param isDone all that there was to tell */
export async function releaseAnswer(
  answerId: string,
  shown: ShownAnswer | null,
  { isDone }: { isDone: boolean },
): Promise<void> {
  await db().commitAnswer.updateMany({
    where: { id: answerId },
    data: {
      claimedUntil: null,
      ...(shown && { ...shown, shownAt: new Date() }),
      ...(isDone && { problem: null, retryAt: null }),
    },
  });
}

/** The host could not be told. What may pass by itself is tried again, for days. */
export async function noteUntold(tx: Tx, auditId: string, problem: string): Promise<void> {
  const minutes = isPassing(problem) ? RETRY_MINUTES * (0.75 + 0.5 * Math.random()) : null;
  await tx.$executeRaw`
    update commit_answers c set claimed_until = null, problem = ${problem},
      retry_at = case when a.created_at > now() - ${RETRY_DAYS} * interval '1 day'
        then now() + ${minutes}::float8 * interval '1 minute' end
    from audits a where a.id = c.audit_id and c.audit_id = ${auditId}::uuid`;
}

/** The job ran out of time, or its worker ended. */
function isPassing(problem: string): boolean {
  return problem === 'timeout' || problem === 'crashed' || mayPass(problem);
}

/**
 * What a host is owed: checks that were begun and whose audit ended without a word, audits whose telling a queue lost, and
 * what a host that was away could not be told. Asks for them anew, and gives their number.
 */
export async function repairAnswers(): Promise<number> {
  const begun = await query<{ auditId: string }>`
    select a.id as "auditId"
    from audits a join projects p on p.id = a.project_id left join commit_answers c on c.audit_id = a.id
    where a.status not in ('queued', 'running') and a.ended_at < now() - interval '2 minutes'
      and a.ended_at > now() - interval '1 day' and a.as_of is null and a.trigger in ('push', 'pull_request')
      and p.connection_id is not null and p.provider_path is not null
      and coalesce(a.commit_id, a.asked_commit_id) is not null
      and (c.id is null or c.problem is null and c.shown_state in ('pending', 'running')
        and (c.claimed_until is null or c.claimed_until < now()))
    order by a.ended_at limit ${MOST_REPAIRED}`;
  const owed = await query<{ auditId: string }>`
    update commit_answers set retry_at = null where id in (
      select id from commit_answers where retry_at < now() order by retry_at limit ${MOST_REPAIRED})
    returning audit_id as "auditId"`;
  for (const { auditId } of [...begun, ...owed]) await askAgain(auditId, 0);
  return begun.length + owed.length;
}
