import { db } from '@/lib/db/client';
import { messageInAll } from '@/lib/i18n/rule-text';
import type { ChangedFinding } from '@/lib/schemas/audits';
import { loadAuditFindings } from './audit-findings';

const MOST = 20;

/** What an audit found in the files that a push changed: what its author looks for first. */
export async function loadChangedFindings(
  projectId: string,
  auditId: string,
  targetFiles: readonly string[],
): Promise<ChangedFinding[]> {
  if (targetFiles.length === 0) return [];
  const files = new Set(targetFiles);
  const { findings } = await loadAuditFindings(auditId);
  const changed = findings.filter(({ path }) => path !== null && files.has(path)).slice(0, MOST);
  const rows = await db().finding.findMany({
    where: { projectId, fingerprint: { in: changed.map(({ fingerprint }) => fingerprint) } },
    select: { id: true, fingerprint: true },
  });
  const ids = new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
  return changed.map((finding) => ({
    findingId: ids.get(finding.fingerprint) ?? null,
    severity: finding.severity,
    message: messageInAll(finding),
    path: finding.path ?? '',
    startLine: finding.startLine,
  }));
}
