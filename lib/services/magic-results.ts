import { gunzipSync } from 'node:zlib';
import { db } from '@/lib/db/client';
import { messageInAll } from '@/lib/i18n/rule-text';
import { findRule } from '@/lib/magics/registry';
import type { Finding, MagicResult } from '@/lib/magics/types';
import type { AuditResults } from '@/lib/schemas/projects';

type MagicResults = AuditResults['magicResults'];

/** The current audit's results by magic id. */
export async function loadMagicResults(projectId: string): Promise<MagicResults> {
  const rows = await db().auditMagic.findMany({ where: { audit: { currentOf: { id: projectId } } } });
  return Object.fromEntries(
    rows.map((row) => {
      const result = row.result as unknown as Omit<MagicResult, 'findings'> | null;
      const findings = row.findings ? (JSON.parse(gunzipSync(row.findings).toString('utf8')) as Finding[]) : [];
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
      ];
    }),
  );
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
