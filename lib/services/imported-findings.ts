import { cleanJson } from '@/lib/clean-text';
import type { Tx } from '@/lib/db/client';
import type { ImportedReport } from '@/lib/imports/read-sarif';
import { SEVERITIES } from '@/lib/magics/types';

const CHUNK = 1_000;

interface ImportRequest {
  importId: string;
  projectId: string;
  report: ImportedReport;
  /** What a tool says the first time was there before. */
  isFirst: boolean;
}

/** Writes what became of each finding of a tool and category. Where ours name audits, these name imports. */
export async function matchImported(
  tx: Tx,
  { importId, projectId, report, isFirst }: ImportRequest,
): Promise<{ newCount: number | null; fixedCount: number }> {
  const { tool, category, findings } = report;
  let fresh = 0;
  for (let start = 0; start < findings.length; start += CHUNK) {
    const rows = findings.slice(start, start + CHUNK).map((finding) => ({
      ...cleanJson(finding),
      severityRank: SEVERITIES.indexOf(finding.severity),
    }));
    const states = await tx.$queryRaw<{ state: string }[]>`
      insert into findings (id, project_id, fingerprint, rule_id, magic, severity, severity_rank, confidence, path,
        start_line, end_line, message_id, data, evidence, related, commits, state, first_audit_id, first_seen_at,
        last_audit_id, last_seen_at, tool, category, message, help_uri, weaknesses)
      select gen_random_uuid(), ${projectId}::uuid, f."fingerprint", f."ruleId", 'imported', f."severity",
        f."severityRank", f."confidence", f."path", f."startLine", f."endLine", 'imported', '{}'::jsonb, f."evidence",
        '[]'::jsonb, '{}', ${isFirst ? 'existing' : 'new'}::finding_state, ${importId}::uuid, now(), ${importId}::uuid,
        now(), ${tool}, ${category}, f."message", f."helpUri",
        array(select jsonb_array_elements_text(f."weaknesses")::int)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f ("fingerprint" text, "ruleId" text,
        "severity" text, "severityRank" smallint, "confidence" float8, "path" text, "startLine" int, "endLine" int,
        "evidence" text, "message" text, "helpUri" text, "weaknesses" jsonb)
      on conflict (project_id, fingerprint) do update set
        severity = excluded.severity, severity_rank = excluded.severity_rank, confidence = excluded.confidence,
        start_line = excluded.start_line, end_line = excluded.end_line, evidence = excluded.evidence,
        message = excluded.message, help_uri = excluded.help_uri, weaknesses = excluded.weaknesses,
        state = (case when findings.state = 'fixed' then 'reopened' else 'existing' end)::finding_state,
        last_audit_id = excluded.last_audit_id, last_seen_at = excluded.last_seen_at, fixed_audit_id = null
      returning state::text`;
    fresh += states.filter(({ state }) => state !== 'existing').length;
  }
  const newCount = isFirst ? null : fresh;
  if (!report.isWhole) return { newCount, fixedCount: 0 };
  const fixedCount = await tx.$executeRaw`
    update findings set state = 'fixed', fixed_audit_id = ${importId}::uuid
    where project_id = ${projectId}::uuid and tool = ${tool} and category = ${category} and state <> 'fixed'
      and last_audit_id <> ${importId}::uuid`;
  return { newCount, fixedCount };
}
