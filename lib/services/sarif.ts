import { isAbsolute } from 'node:path';
import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import type { Language } from '@/lib/magics/types';
import { buildSarif } from '@/lib/reports/sarif';
import { requireAudit } from './access';
import { loadAuditFindings } from './audit-findings';

/** What an audit found as a SARIF 2.1.0 log. */
export async function getAuditSarif(ctx: Context, auditId: string, language: Language) {
  const audit = await requireAudit(ctx, auditId, 'project.read');
  if (!audit.commitId) throw new AppError('not_found', 'the audit has read no commit');

  const { findings, suppressed, skipped, ownRules, stateOf } = await loadAuditFindings(auditId);
  const { repositoryUrl } = audit.project;
  return buildSarif({
    commit: audit.commitId,
    branch: audit.branch,
    repositoryUrl: isAbsolute(repositoryUrl) ? null : repositoryUrl,
    findings: [...findings, ...suppressed],
    skipped,
    ownRules,
    language,
    // What came back is new to the branch as it was before; an audit under way has not been compared yet.
    ...(audit.endedAt && {
      stateOf: (fingerprint) => (stateOf(fingerprint) === 'existing' ? 'unchanged' : 'new'),
    }),
  });
}
