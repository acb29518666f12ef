import type { Context } from '@/lib/auth/context';
import { databaseTime, db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { CoverageReport } from '@/lib/facts/coverage/coverage-report';
import type { CoverageUpload, CoverageView } from '@/lib/schemas/coverage';
import { requireProject } from './access';
import type { AuditRun } from './audit-run';
import { recordChange } from './change-log';
import { runHeavy } from './heavy/heavy-work';
import { unpackJson } from './packed-json';
import { createTurns } from './turns';
import { takeUploadTurn } from './upload-turns';

/** Reports kept of a project, newest first; beyond them those that a running audit reads. */
const KEPT_REPORTS = 100;

const takeTurn = createTurns({ atOnce: 2, waiting: 24 });

/**
 * Keeps a report for the next audit of its commit. Of the same report sent again only the time changes; the
 * audit log tells of each.
 *
 * @param readBytes Called when the team may send another report: those that wait hold nothing.
 */
export async function saveCoverage(
  ctx: Context,
  projectId: string,
  { commit, format }: CoverageUpload,
  readBytes: () => Promise<Uint8Array>,
): Promise<CoverageView> {
  const project = await requireProject(ctx, projectId, 'audit.run');
  const report = await takeUploadTurn(project.teamId, async () => {
    const bytes = await readBytes();
    return takeTurn(project.teamId, () => runHeavy(project.teamId, 'coverage', { bytes, format }));
  });
  // How long a report takes depends on what else the machine does.
  if (!report) throw new AppError('overloaded', 'the coverage report took too long to read');
  const { hash, data, lines, hit } = report;
  const key = { projectId, commitId: commit, hash };
  const values = { format: report.format, files: report.files, lines, hit, data };
  await db().$transaction(async (tx) => {
    const uploadedAt = await databaseTime(tx);
    await tx.coverageReport.upsert({
      where: { projectId_commitId_hash: key },
      create: { ...key, ...values, uploadedById: ctx.userId, uploadedAt },
      update: { uploadedById: ctx.userId, uploadedAt },
    });
    await tx.$executeRaw`
      delete from coverage_reports r where project_id = ${projectId}::uuid and (commit_id, hash) in (
        select commit_id, hash from coverage_reports where project_id = ${projectId}::uuid
        order by uploaded_at desc, hash offset ${KEPT_REPORTS})
      and not exists (select 1 from audits a where a.project_id = r.project_id and a.commit_id = r.commit_id
        and a.coverage_hash = r.hash and a.status in ('queued', 'running'))`;
    await recordChange(tx, ctx, {
      action: 'coverage.uploaded',
      teamId: project.teamId,
      target: projectId,
      detail: { commit, hash },
    });
  });
  return { projectId, commit, hash, format: report.format, files: report.files, lines, hit };
}

/** Of the report that was sent last for a commit; null without one. */
export async function newestCoverageHash(
  tx: Pick<Tx, 'coverageReport'>,
  projectId: string,
  commitId: string,
): Promise<string | null> {
  const row = await tx.coverageReport.findFirst({
    where: { projectId, commitId },
    orderBy: [{ uploadedAt: 'desc' }, { hash: 'asc' }],
    select: { hash: true },
  });
  return row?.hash ?? null;
}

/** The report that was there when the audit's commit was pinned. */
export async function loadCoverage({
  projectId,
  commitId,
  coverageHash,
}: Pick<AuditRun, 'projectId' | 'commitId' | 'coverageHash'>): Promise<CoverageReport | null> {
  if (coverageHash === null || commitId === null) return null;
  const row = await db().coverageReport.findFirst({
    where: { projectId, commitId, hash: coverageHash },
    select: { data: true },
  });
  if (!row) throw new AppError('unavailable', 'the coverage report of the audit is gone');
  return unpackJson<CoverageReport>(row.data);
}
