import type { Tx } from '@/lib/db/client';
import { currentTraceparent } from '@/lib/tracing/spans';
import { JOBS, type JobName, type JobPayload } from './catalog';

/** Channel on which a commit tells that the outbox has rows. */
export const OUTBOX_CHANNEL = 'elder_outbox';

export interface EnqueueOptions {
  /** Lower runs first; 0 before all others. */
  priority?: number;
  delayMs?: number;
  /** A queue takes a second job of the same id for the first. */
  jobId: string;
}

/** Enqueues when, and only when, the transaction commits. */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions,
): Promise<void> {
  const { version } = JOBS[name];
  const traceparent = currentTraceparent();
  const data = {
    name,
    payload: { ...JOBS[name].payload.parse(payload), ...(version > 1 && { version }) },
    options: { ...options, ...(traceparent && { traceparent }) },
    priority: options.priority ?? 0,
  };
  await tx.outboxJob.create({ data });
  await tx.$executeRaw`select pg_notify(${OUTBOX_CHANNEL}, '')`;
}
