import type { Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { Policy } from '@/lib/magics/policy';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { ManualAuditRequest } from '@/lib/schemas/audits';
import { inSpan } from '@/lib/tracing/spans';
import { startNextAudits } from './audit-flow';
import { askForAnswer } from './commit-answers';
import { placeInLine } from './place-in-line';

export type AuditTrigger = 'manual' | 'api' | 'registration' | 'push' | 'pull_request' | 'schedule' | 'backfill';

export interface NewAudit {
  projectId: string;
  branch: string;
  /** Of an audit of the past, see `pastOf`. */
  asOf?: Date;
  /** Null or none: the newest of the branch. */
  askedCommitId?: string;
  pullRequestId?: string;
  kind: 'full' | 'incremental';
  trigger: AuditTrigger;
  magics: readonly MagicId[];
  policy: Policy;
  configurationVersion: number;
  priority: ManualAuditRequest['priority'];
  requestedById: string | null;
  idempotencyKey?: string | null;
  /** What a push changed; shown first. */
  targetFiles?: string[];
}

/** Makes an audit and, when its branch is free, starts it. */
export function createAudit(tx: Tx, teamId: string, request: NewAudit) {
  const { projectId, trigger } = request;
  const attributes = { 'elder.project.id': projectId, 'elder.audit.trigger': trigger };
  return inSpan('audit.request', { attributes }, async (span) => {
    const audit = await addAudit(tx, teamId, request);
    span.setAttribute('elder.audit.id', audit.id);
    return audit;
  });
}

async function addAudit(tx: Tx, teamId: string, request: NewAudit) {
  const { magics, priority, policy, ...data } = request;
  const { nextAuditNumber } = await tx.project.update({
    where: { id: request.projectId },
    data: { nextAuditNumber: { increment: 1 } },
    select: { nextAuditNumber: true },
  });
  const audit = await tx.audit.create({
    data: {
      ...data,
      policy: policy as unknown as Prisma.InputJsonObject,
      number: nextAuditNumber - 1,
      priority: await placeInLine(tx, teamId, priority),
      enabledMagics: [...magics],
      magicResults: { create: magics.map((magic) => ({ magic, attempt: 1, status: 'waiting' })) },
    },
    select: { id: true, status: true },
  });
  await startNextAudits(tx, request.projectId);
  await askForAnswer(tx, audit.id);
  return audit;
}

/** The audit a request would only repeat: of the same key, or an equal one that has not begun. */
export async function findEqual(
  tx: Tx,
  request: Pick<NewAudit, 'projectId' | 'branch' | 'magics' | 'kind'> & {
    idempotencyKey: string | null;
    /** Of which moment and commit it must be, null for the newest; any when left out. */
    of?: { asOf: Date | null; askedCommitId: string | null };
  },
) {
  const { projectId, branch, magics, kind, idempotencyKey, of = {} } = request;
  const select = { id: true, status: true, branch: true, kind: true, enabledMagics: true };
  if (idempotencyKey !== null) {
    return tx.audit.findUnique({ where: { projectId_idempotencyKey: { projectId, idempotencyKey } }, select });
  }
  const enabledMagics = { equals: [...magics] };
  return tx.audit.findFirst({ where: { projectId, branch, kind, status: 'queued', enabledMagics, ...of }, select });
}

/** What the policy asks, or the part of it that was chosen; in the fixed order. */
export function magicsOf(policy: Policy, chosen?: readonly MagicId[]): MagicId[] {
  const enabled = MAGIC_IDS.filter((magic) => policy.magics[magic]?.isEnabled !== false);
  const magics = chosen ? enabled.filter((magic) => chosen.includes(magic)) : enabled;
  if (magics.length === 0) throw new AppError('invalid_request', 'enabledMagics: the policy asks none of these magics');
  return magics;
}
