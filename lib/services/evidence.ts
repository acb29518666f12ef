import { AsyncResource } from 'node:async_hooks';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { EvidenceView } from '@/lib/schemas/evidence';
import { requireAudit, requireProject } from './access';

const BATCH = 100;

/** What an audit's page says of its evidence; null without. The caller has checked that the asker may see the audit. */
export async function findEvidence(auditId: string): Promise<EvidenceView | null> {
  return db().auditEvidence.findFirst({ where: { auditId }, select: { sequence: true, keyId: true, hash: true } });
}

/** The signed envelope of an audit, on one line. */
export async function getAuditEvidence(ctx: Context, auditId: string): Promise<string> {
  await requireAudit(ctx, auditId, 'project.read');
  const row = await db().auditEvidence.findFirst({ where: { auditId }, select: { envelope: true } });
  if (!row) throw new AppError('not_found', 'the audit has no evidence: it runs, failed or was cancelled');
  return row.envelope;
}

/** All evidence of a project in the order of its chain, one envelope a line, read as the reader takes it. */
export async function streamProjectEvidence(ctx: Context, projectId: string): Promise<ReadableStream<Uint8Array>> {
  await requireProject(ctx, projectId, 'project.read');
  let sequence = 0;
  // The stream is read when the request has been answered; whose rows it may see is known here.
  const readOn = AsyncResource.bind(async () =>
    db().auditEvidence.findMany({
      where: { projectId, sequence: { gt: sequence } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
      select: { sequence: true, envelope: true },
    }),
  );
  return new ReadableStream({
    async pull(controller) {
      const rows = await readOn();
      sequence = rows.at(-1)?.sequence ?? sequence;
      if (rows.length > 0) controller.enqueue(Buffer.from(rows.map(({ envelope }) => `${envelope}\n`).join('')));
      if (rows.length < BATCH) controller.close();
    },
  });
}
