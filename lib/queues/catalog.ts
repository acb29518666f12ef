import * as z from 'zod';
import type { WorkerKind } from '@/lib/env';
import { MAGIC_IDS } from '@/lib/magics/types';

const AuditRef = z.object({ auditId: z.uuid(), attempt: z.int().positive() });

interface JobDefinition<Payload extends z.ZodType> {
  payload: Payload;
  /**
   * Raised when a payload says something that workers of the release before would get wrong; they leave it to newer ones.
   * A field more that they may do without needs no other number.
   */
  version: number;
  /** Which worker kind runs it (`WORKER_KINDS`); each kind is one queue. */
  kind: WorkerKind;
  /** Tries in all, the first included. */
  attempts: number;
  timeoutMs: number;
}

function job<Payload extends z.ZodType>(
  definition: Omit<JobDefinition<Payload>, 'version'> & { version?: number },
): JobDefinition<Payload> {
  return { version: 1, ...definition };
}

/** Every job there is: what it carries, who runs it, how often and how long. Payloads hold ids only, ours or a host's. */
export const JOBS = {
  'audit.prepare': job({ payload: AuditRef, kind: 'git', attempts: 4, timeoutMs: 15 * 60_000 }),
  'audit.collect': job({
    payload: AuditRef.extend({ shard: z.int().nonnegative() }),
    kind: 'collect',
    attempts: 4,
    timeoutMs: 10 * 60_000,
  }),
  'audit.history': job({ payload: AuditRef, kind: 'git', attempts: 4, timeoutMs: 10 * 60_000 }),
  'audit.assemble': job({ payload: AuditRef, kind: 'git', attempts: 4, timeoutMs: 10 * 60_000 }),
  'audit.judge': job({
    payload: AuditRef.extend({ magicId: z.enum(MAGIC_IDS) }),
    kind: 'judge',
    attempts: 3,
    timeoutMs: 5 * 60_000,
  }),
  'audit.settle': job({ payload: AuditRef, kind: 'judge', attempts: 5, timeoutMs: 60_000 }),
  'result.recheck': job({
    payload: z.object({ auditId: z.uuid() }),
    kind: 'judge',
    attempts: 3,
    timeoutMs: 5 * 60_000,
  }),
  'answer.show': job({
    payload: z.object({ auditId: z.uuid() }),
    kind: 'deliver',
    attempts: 8,
    timeoutMs: 60_000,
  }),
  'webhook.process': job({
    payload: z.object({ deliveryId: z.uuid() }),
    kind: 'deliver',
    attempts: 12,
    timeoutMs: 2 * 60_000,
  }),
  'notification.send': job({
    payload: z.object({ deliveryId: z.uuid() }),
    kind: 'deliver',
    attempts: 3,
    timeoutMs: 60_000,
  }),
  'webhook.set-up': job({
    payload: z.object({ projectId: z.uuid() }),
    kind: 'deliver',
    attempts: 8,
    timeoutMs: 60_000,
  }),
  'webhook.remove': job({
    payload: z.object({ connectionId: z.uuid(), providerPath: z.string(), externalId: z.string() }),
    kind: 'deliver',
    attempts: 8,
    timeoutMs: 60_000,
  }),
  'installation.read': job({
    payload: z.object({ connectionId: z.uuid() }),
    kind: 'deliver',
    attempts: 8,
    timeoutMs: 5 * 60_000,
  }),
  'cluster.run': job({
    payload: z.object({ runId: z.uuid() }),
    kind: 'maintain',
    // A worker that dies leaves the rest to the next one.
    attempts: 5,
    timeoutMs: 2 * 60 * 60_000,
  }),
} as const;

export type JobName = keyof typeof JOBS;
/** Jobs of an audit, whose tries `audit_jobs` counts. */
export type AuditJobName = Extract<JobName, `audit.${string}`>;
/** Jobs that stand alone: the queue counts their tries, their own tables say what came of them. */
export type LoneJobName = Exclude<JobName, AuditJobName>;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>;

/** Stages of audits that a kind of worker works on. */
export function auditStagesOf(kind: WorkerKind): string[] {
  return Object.entries(JOBS).flatMap(([name, { kind: its }]) =>
    its === kind && name.startsWith('audit.') ? [name.slice('audit.'.length)] : [],
  );
}

/** Kinds of worker that take jobs from a queue. */
export const QUEUE_KINDS: readonly WorkerKind[] = [...new Set(Object.values(JOBS).map(({ kind }) => kind))];
