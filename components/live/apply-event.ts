import type { AuditUpdate } from '@/lib/realtime/events';
import type { AuditDetail } from '@/lib/schemas/audits';
import type { Portfolio, ProjectOverview } from '@/lib/schemas/projects';

/** The table with an event put into its row; the same object when the event is not about it. */
export function applyToPortfolio(portfolio: Portfolio, event: AuditUpdate): Portfolio {
  if (!portfolio.rows.some(({ projectId }) => projectId === event.projectId)) return portfolio;
  const { auditId, number, progress, magic } = event;
  return {
    ...portfolio,
    rows: portfolio.rows.map((row) => {
      if (row.projectId !== event.projectId) return row;
      return {
        ...row,
        running: { auditId, number, progress },
        strip: magic
          ? row.strip.map((cell) =>
              cell.magic === magic.magic ? { magic: cell.magic, status: magic.status, score: shownScore(magic) } : cell,
            )
          : row.strip,
      };
    }),
  };
}

/** The project page with an event put in. Null: the event starts something the page does not know; read it again. */
export function applyToOverview(overview: ProjectOverview, event: AuditUpdate): ProjectOverview | null {
  if (overview.projectId !== event.projectId) return overview;
  if (overview.running?.auditId !== event.auditId) return null;
  const { progress, magic, sequence } = event;
  return {
    ...overview,
    running: { ...overview.running, status: progress.status, magicsJudged: progress.magicsDone },
    runningProgress: progress,
    runningSequence: sequence,
    magics: magic ? overview.magics.map((card) => (card.magic === magic.magic ? magic : card)) : overview.magics,
  };
}

export function applyToAudit(audit: AuditDetail, event: AuditUpdate): AuditDetail {
  if (audit.auditId !== event.auditId) return audit;
  const { progress, magic, sequence } = event;
  return {
    ...audit,
    status: progress.status,
    magicsJudged: progress.magicsDone,
    progress,
    eventSequence: sequence,
    magics: magic ? audit.magics.map((card) => (card.magic === magic.magic ? magic : card)) : audit.magics,
  };
}

function shownScore(magic: NonNullable<AuditUpdate['magic']>): number | null {
  return magic.score ?? (magic.status === 'running' || magic.status === 'waiting' ? magic.previousScore : null);
}
