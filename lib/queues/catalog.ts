import { z } from 'zod';
import type { WorkerKind } from '@/lib/env';
import { MAGIC_IDS } from '@/lib/magics/types';

const AuditRef = z.object({ auditId: z.uuid(), attempt: z.int().positive() });

interface JobDefinition<Payload extends z.ZodType> {
  payload: Payload;
  /** Which worker kind runs it (`WORKER_KINDS`); each kind is one queue. */
  kind: WorkerKind;
  /** Tries in all, the first included. */
  attempts: number;
  timeoutMs: number;
}

function job<Payload extends z.ZodType>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}

/** Every job there is: what it carries, who runs it, how often and how long. Payloads hold ids only. */
export const JOBS = {
  'audit.prepare': job({ payload: AuditRef, kind: 'git', attempts: 4, timeoutMs: 15 * 60_000 }),
  'audit.collect': job({
    payload: AuditRef.extend({ shard: z.int().nonnegative() }),
    kind: 'collect',
    attempts: 4,
    timeoutMs: 10 * 60_000,
  }),
  'audit.history': job({ payload: AuditRef, kind: 'git', attempts: 4, timeoutMs: 10 * 60_000 }),
  'audit.judge': job({
    payload: AuditRef.extend({ magicId: z.enum(MAGIC_IDS) }),
    kind: 'judge',
    attempts: 3,
    timeoutMs: 5 * 60_000,
  }),
  'audit.settle': job({ payload: AuditRef, kind: 'judge', attempts: 5, timeoutMs: 60_000 }),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>;
