import { db } from '@/lib/db/client';
import { messageInAll } from '@/lib/i18n/rule-text';
import { findRule } from '@/lib/magics/registry';
import type { Finding } from '@/lib/magics/types';
import type { AuditResults } from '@/lib/schemas/projects';
import { type StoredResult, unpackFindings } from './magic-rows';

type MagicResults = AuditResults['magicResults'];

/** The current audit's results by magic id. */
export async function loadMagicResults(projectId: string): Promise<MagicResults> {
  const rows = await db().auditMagic.findMany({ where: { audit: { currentOf: { id: projectId } } } });
  const results = await Promise.all(
    rows.map(async (row) => {
      const result = row.result as unknown as StoredResult | null;
      const findings = await unpackFindings(row.findings);
      return [
        row.magic,
        {
          status: row.status,
          score: row.score,
          coverage: row.coverage,
          violations: findings.map((finding) => ({
            ruleId: finding.ruleId,
            severity: finding.severity,
            path: finding.path,
            line: finding.startLine,
            message: messageInAll(finding),
            fingerprint: finding.fingerprint,
          })),
          suggestions: suggestionsFor(findings),
          executionTime: row.executionTimeMs,
          subScores: result?.subScores ?? [],
          skipped: result?.skipped.map(({ ruleId, reason }) => ({ ruleId, reason })) ?? [],
        } as MagicResults[string],
      ] as const;
    }),
  );
  return Object.fromEntries(results);
}

/** One way out for each rule that reported, and each patch. */
function suggestionsFor(findings: readonly Finding[]): MagicResults[string]['suggestions'] {
  const suggestions: MagicResults[string]['suggestions'] = [];
  const seen = new Set<string>();
  for (const { ruleId, patch } of findings) {
    const rule = findRule(ruleId);
    if (!rule || (seen.has(ruleId) && !patch)) continue;
    seen.add(ruleId);
    suggestions.push({ ruleId, text: rule.fix, patch });
  }
  return suggestions;
}
