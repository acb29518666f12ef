import { query } from '@/lib/db/client';
import { messageInAll } from '@/lib/i18n/rule-text';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { Finding } from '@/lib/magics/types';
import type { AuditResults } from '@/lib/schemas/projects';
import type { StoredResult } from './magic-rows';
import { unpackFindings } from './stored-findings';

type MagicResults = AuditResults['magicResults'];

interface ResultRow {
  magic: string;
  keptFrom: number | null;
  status: string;
  score: number | null;
  coverage: number | null;
  result: StoredResult | null;
  findings: Buffer | null;
  executionTimeMs: number | null;
}

/** Results by magic id: of the current audit, and of the newest one before it for a magic that it left out. */
export async function loadMagicResults(projectId: string): Promise<MagicResults> {
  const rows = await query<ResultRow>`
    select distinct on (m.magic) m.magic, nullif(a.number, current.number) as "keptFrom", m.status, m.score, m.coverage,
      m.result, m.findings, m.execution_time_ms as "executionTimeMs"
    from projects p
    join audits current on current.id = p.current_audit_id
    join audits a on a.project_id = p.id and (a.id = current.id or a.branch = current.branch and a.number < current.number
      and a.status in ('completed', 'partial'))
    join audit_magics m on m.audit_id = a.id and (a.id = current.id or m.result is not null)
    where p.id = ${projectId}::uuid
    order by m.magic, a.number desc`;
  const results = await Promise.all(
    rows.map(async (row) => {
      const { result } = row;
      const { findings } = await unpackFindings(row.findings);
      return [
        row.magic,
        {
          status: row.status,
          keptFrom: row.keptFrom,
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
          suggestions: suggestionsFor(findings, result?.ownRules),
          executionTime: row.executionTimeMs,
          subScores: result?.subScores ?? [],
          skipped: result?.skipped.map(({ ruleId, reason }) => ({ ruleId, reason })) ?? [],
        } as MagicResults[string],
      ] as const;
    }),
  );
  return Object.fromEntries(results);
}

/** One way out for each rule that reported. */
function suggestionsFor(
  findings: readonly Finding[],
  ownRules: StoredResult['ownRules'],
): MagicResults[string]['suggestions'] {
  const rules = new Set(findings.map(({ ruleId }) => ruleId));
  return [...rules].flatMap((ruleId) => {
    const rule = findRuleIn(ownRules, ruleId);
    return rule ? [{ ruleId, text: rule.fix, isFixable: rule.edit !== null }] : [];
  });
}
