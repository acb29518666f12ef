import { isAbsolute } from 'node:path';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { Language, MagicResult } from '@/lib/magics/types';
import { buildSarif } from '@/lib/reports/sarif';
import { loadAuditFindings } from './findings';

/** What an audit found as a SARIF 2.1.0 log. */
export async function getAuditSarif(ctx: Context, auditId: string, language: Language) {
  const { audit, findings } = await loadAuditFindings(ctx, auditId);
  if (!audit.commitId) throw new AppError('not_found', 'the audit has read no commit');

  const [results, firsts] = await Promise.all([
    db().auditMagic.findMany({ where: { auditId, result: { not: { equals: null } } }, select: { result: true } }),
    db().finding.findMany({ where: { firstAuditId: auditId }, select: { fingerprint: true } }),
  ]);
  const fresh = new Set(firsts.map(({ fingerprint }) => fingerprint));
  const { repositoryUrl } = audit.project;
  return buildSarif({
    commit: audit.commitId,
    branch: audit.branch,
    repositoryUrl: isAbsolute(repositoryUrl) ? null : repositoryUrl,
    findings,
    skipped: results.flatMap(({ result }) => (result as unknown as MagicResult).skipped),
    language,
    stateOf: (fingerprint) => (fresh.has(fingerprint) ? 'new' : 'unchanged'),
  });
}
