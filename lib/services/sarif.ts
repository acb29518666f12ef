import { isAbsolute } from 'node:path';
import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import type { Language } from '@/lib/magics/types';
import { requireAudit } from './access';
import { loadAuditFindings } from './audit-findings';
import { runHeavy } from './heavy/heavy-work';

/** What an audit found as a SARIF 2.1.0 log that GitHub takes. */
export async function getAuditSarif(ctx: Context, auditId: string, language: Language): Promise<string> {
  const audit = await requireAudit(ctx, auditId, 'project.read');
  if (!audit.commitId) throw new AppError('not_found', 'the audit has read no commit');

  const { findings, suppressed, skipped, ownRules, stateOf } = await loadAuditFindings(auditId);
  const { repositoryUrl } = audit.project;
  const log = await runHeavy(audit.project.teamId, 'sarif', {
    commit: audit.commitId,
    branch: audit.branch,
    repositoryUrl: isAbsolute(repositoryUrl) ? null : repositoryUrl,
    findings: [...findings, ...suppressed],
    skipped,
    ownRules,
    language,
    // What came back is new to the branch as it was before; an audit under way has not been compared yet.
    fresh: audit.endedAt
      ? findings.flatMap(({ fingerprint }) => (stateOf(fingerprint) === 'existing' ? [] : fingerprint))
      : null,
  });
  // How long it takes depends on what else the machine does.
  if (log === null) throw new AppError('overloaded', 'the log took too long to write');
  return log;
}
