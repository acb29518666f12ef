import type { Context } from '@/lib/auth/context';
import { databaseTime, db, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { ImportedReport } from '@/lib/imports/read-sarif';
import type { ImportList, ImportUpload, ImportView } from '@/lib/schemas/imports';
import { requireProject } from './access';
import { recordChange } from './change-log';
import { findFilesOf } from './commit-files';
import { announceFindings } from './finding-events';
import { lockVerdicts } from './finding-verdicts';
import { runHeavy } from './heavy/heavy-work';
import { linkDuplicates } from './imported-duplicates';
import { matchImported } from './imported-findings';
import { createTurns } from './turns';
import { takeUploadTurn } from './upload-turns';

/** Imports kept of a project, newest first. */
const KEPT_IMPORTS = 200;
/** Reports of different tools and categories that one project takes. */
const MAX_SOURCES = 50;

const takeTurn = createTurns({ atOnce: 1, waiting: 24 });

/**
 * Takes what another tool found on a commit of the project's branch. It stands in place of what that tool and category
 * reported before: what is not in it any more is fixed.
 *
 * @param readBytes Called when the team may send another report: those that wait hold nothing.
 */
export async function importFindings(
  ctx: Context,
  projectId: string,
  { commit, category }: ImportUpload,
  readBytes: () => Promise<Uint8Array>,
): Promise<ImportList> {
  const project = await requireProject(ctx, projectId, 'audit.run');
  const reports = await takeUploadTurn(project.teamId, async () => {
    const bytes = await readBytes();
    return takeTurn(project.teamId, async () => {
      const files = await findFilesOf(project, commit, ctx.log);
      return runHeavy(project.teamId, 'importSarif', { bytes, files, category });
    });
  });
  // How long a report takes depends on what else the machine does.
  if (!reports) throw new AppError('overloaded', 'the report took too long to read');
  const ids = await db().$transaction(
    async (tx) => {
      await lockVerdicts(tx, [projectId]);
      const made: string[] = [];
      for (const report of reports) made.push(await saveReport(tx, ctx, { projectId, commit, report }));
      await linkDuplicates(tx, projectId);
      await tx.$executeRaw`
        delete from finding_imports where project_id = ${projectId}::uuid and id in (
          select id from finding_imports where project_id = ${projectId}::uuid
          order by uploaded_at desc, id desc offset ${KEPT_IMPORTS})
        and not exists (select from findings f where f.project_id = ${projectId}::uuid and f.last_audit_id = finding_imports.id)`;
      for (const { tool, category: own, findings } of reports) {
        await recordChange(tx, ctx, {
          action: 'import.uploaded',
          teamId: project.teamId,
          target: projectId,
          detail: { commit, tool, category: own, findings: findings.length },
        });
      }
      return made;
    },
    { timeout: 60_000 },
  );
  await announceFindings(ctx, [{ teamId: project.teamId, projectId }]);
  const rows = await db().findingImport.findMany({ where: { id: { in: ids } }, include: UPLOADER });
  return { items: rows.map(toView) };
}

/** Reports of other tools that were sent, newest first. */
export async function listImports(ctx: Context, projectId: string): Promise<ImportList> {
  await requireProject(ctx, projectId, 'project.read');
  const rows = await db().findingImport.findMany({
    where: { projectId },
    include: UPLOADER,
    orderBy: [{ uploadedAt: 'desc' }, { id: 'desc' }],
    take: KEPT_IMPORTS,
  });
  return { items: rows.map(toView) };
}

interface SaveRequest {
  projectId: string;
  commit: string;
  report: ImportedReport;
}

async function saveReport(tx: Tx, ctx: Context, { projectId, commit, report }: SaveRequest): Promise<string> {
  const { tool, category, findings } = report;
  const before = await tx.findingImport.count({ where: { projectId, tool, category } });
  if (before === 0) {
    const sources = await tx.findingImport.groupBy({ by: ['tool', 'category'], where: { projectId } });
    if (sources.length >= MAX_SOURCES) {
      throw new AppError('unprocessable', 'too many tools and categories', {
        details: { reason: 'limit', limit: MAX_SOURCES },
      });
    }
  }
  const { id } = await tx.findingImport.create({
    data: {
      projectId,
      commitId: commit,
      tool,
      toolName: report.toolName,
      toolVersion: report.toolVersion,
      category,
      results: report.results,
      findings: findings.length,
      leftOut: report.leftOut,
      newCount: null,
      fixedCount: 0,
      uploadedById: ctx.userId,
      uploadedAt: await databaseTime(tx),
    },
    select: { id: true },
  });
  const counts = await matchImported(tx, { importId: id, projectId, report, isFirst: before === 0 });
  await tx.findingImport.update({ where: { id }, data: counts });
  return id;
}

const UPLOADER = { uploadedBy: { select: { name: true } } } as const;
type ImportRow = Prisma.FindingImportGetPayload<{ include: typeof UPLOADER }>;

function toView(row: ImportRow): ImportView {
  return {
    importId: row.id,
    projectId: row.projectId,
    commit: row.commitId,
    tool: row.tool,
    toolName: row.toolName,
    toolVersion: row.toolVersion,
    category: row.category,
    results: row.results,
    findings: row.findings,
    leftOut: row.leftOut as ImportView['leftOut'],
    newCount: row.newCount,
    fixedCount: row.fixedCount,
    uploadedBy: row.uploadedBy?.name ?? null,
    uploadedAt: row.uploadedAt.toISOString(),
  };
}
