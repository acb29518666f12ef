import { query } from '@/lib/db/client';
import { reasonInAll } from '@/lib/i18n/rule-text';
import { noCounts } from '@/lib/magics/counts';
import { defaultPolicy, magicWeight, Policy } from '@/lib/magics/policy';
import { weightInHealth } from '@/lib/magics/score';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { MagicCard } from '@/lib/schemas/audits';
import { readConfiguration, readOverride, withOverride } from './configuration-layers';
import type { StoredResult } from './magic-rows';

type Strip = Pick<MagicCard, 'magic' | 'status' | 'score'>[];

interface CardRow {
  magic: MagicId;
  keptFrom: number | null;
  status: MagicCard['status'];
  score: number | null;
  coverage: number | null;
  result:
    | (Pick<StoredResult, 'counts' | 'subScores' | 'skipped' | 'fixes' | 'cap'> & {
        informational: StoredResult['rules'];
      })
    | null;
  previousScore: number | null;
  errorCode: string | null;
  executionTimeMs: number | null;
  startedAt: Date | null;
  completedAt: Date | null;
  worker: string | null;
}

/**
 * Eight cards in the fixed order: of this audit where it asked the magic, else of the newest earlier audit of the branch
 * that did. Without an audit, cards that wait. The caller has checked that the asker may see the project.
 */
export async function loadMagicCards(projectId: string, auditId: string | null): Promise<MagicCard[]> {
  return loadCards(projectId, auditId, 'project');
}

/** Eight cards with what this audit itself said, whatever came before it. */
export async function loadOwnMagicCards(projectId: string, auditId: string): Promise<MagicCard[]> {
  return loadCards(projectId, auditId, 'audit');
}

type Scope = 'project' | 'audit';

async function loadCards(projectId: string, auditId: string | null, scope: Scope): Promise<MagicCard[]> {
  const policy = await loadPolicy(projectId, auditId);
  const rows = auditId ? await loadRows(auditId, scope) : [];
  return MAGIC_IDS.map((magic) => {
    const row = rows.find((one) => one.magic === magic);
    const weight = magicWeight(policy, magic);
    return row ? toCard(row, weight) : emptyCard(magic, weight);
  });
}

/** Status and score of each magic, in the fixed order, by audit. */
export async function loadStrips(auditIds: readonly string[]): Promise<Map<string, Strip>> {
  const strips = new Map<string, Strip>();
  if (auditIds.length === 0) return strips;
  const rows = await query<Strip[number] & { auditId: string }>`
    select target.id as "auditId", asked.magic, own.status, own.score
    from audits target
    cross join unnest(${[...MAGIC_IDS]}::text[]) with ordinality as asked (magic, place)
    cross join lateral (
      select m.status, m.score from audits a join audit_magics m on m.audit_id = a.id and m.magic = asked.magic
      where a.project_id = target.project_id and (a.id = target.id
        or a.branch = target.branch and a.number < target.number and m.result is not null
          and a.status in ('completed', 'partial'))
      order by a.number desc limit 1) own
    where target.id = any(${auditIds}::uuid[])
    order by asked.place`;
  for (const { auditId, ...cell } of rows) {
    const strip = strips.get(auditId) ?? [];
    strip.push(cell);
    strips.set(auditId, strip);
  }
  return strips;
}

async function loadRows(auditId: string, scope: Scope): Promise<CardRow[]> {
  return query<CardRow>`
    with target as (select id, project_id, branch, number, attempt from audits where id = ${auditId}::uuid)
    select asked.magic, nullif(own.number, target.number) as "keptFrom", own.status, own.score, own.coverage,
      case when own.result is not null then jsonb_build_object('counts', own.result->'counts', 'skipped', own.result->'skipped',
        'subScores', own.result->'subScores', 'fixes', own.result->'fixes', 'cap', own.result->'cap', 'informational',
        jsonb_path_query_array(own.result, '$.rules[*] ? (@.isInformational == true)')) end as result,
      before.score as "previousScore", own.error_code as "errorCode", own.execution_time_ms as "executionTimeMs",
      own.started_at as "startedAt", own.completed_at as "completedAt", j.worker
    from target
    cross join unnest(${[...MAGIC_IDS]}::text[]) as asked (magic)
    cross join lateral (
      select m.*, a.number, a.attempt as audit_attempt from audits a join audit_magics m on m.audit_id = a.id and m.magic = asked.magic
      where a.project_id = target.project_id and (a.id = target.id
        or ${scope} = 'project' and a.branch = target.branch and a.number < target.number and m.result is not null
          and a.status in ('completed', 'partial'))
      order by a.number desc limit 1) own
    left join lateral (
      select m.score from audits a join audit_magics m on m.audit_id = a.id and m.magic = asked.magic
      where a.project_id = target.project_id and a.branch = target.branch and a.number < own.number and m.result is not null
        and a.status in ('completed', 'partial')
      order by a.number desc limit 1) before on true
    left join audit_jobs j on j.audit_id = own.audit_id and j.attempt = own.audit_attempt and j.kind = 'judge'
      and j.key = asked.magic`;
}

async function loadPolicy(projectId: string, auditId: string | null): Promise<Policy> {
  const [row] = await query<{ audited: unknown; policy: unknown; policyOverride: unknown }>`
    select a.policy as audited, t.policy, p.policy_override as "policyOverride"
    from projects p join teams t on t.id = p.team_id
    left join audits a on a.id = ${auditId}::uuid and a.project_id = p.id
    where p.id = ${projectId}::uuid`;
  if (!row) return defaultPolicy;
  if (row.audited) return Policy.parse(row.audited);
  return withOverride(readConfiguration(row.policy), readOverride(row.policyOverride));
}

function toCard(row: CardRow, weight: number): MagicCard {
  return {
    magic: row.magic,
    keptFrom: row.keptFrom,
    status: row.status,
    score: row.score,
    previousScore: row.previousScore,
    coverage: row.coverage,
    weight,
    healthWeight: row.score === null ? weight : weightInHealth(weight, row.coverage),
    counts: row.result?.counts ?? noCounts(),
    fixes: row.result?.fixes ?? 0,
    subScores: row.result?.subScores ?? [],
    cap: row.result?.cap ?? null,
    skipped: (row.result?.skipped ?? []).map((rule) => {
      const shown = row.result?.informational.find(({ ruleId }) => ruleId === rule.ruleId);
      return {
        ...rule,
        text: reasonInAll(rule),
        isInformational: shown !== undefined,
        findings: shown?.findings ?? 0,
      };
    }),
    executionTime: row.executionTimeMs,
    startedAt: row.startedAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    errorCode: row.errorCode,
    worker: row.worker,
  };
}

/** Nothing was ever said: it waits, or the policy does not ask it. */
function emptyCard(magic: MagicId, weight: number): MagicCard {
  return {
    magic,
    keptFrom: null,
    status: weight > 0 ? 'waiting' : 'not_applicable',
    score: null,
    previousScore: null,
    coverage: null,
    weight,
    healthWeight: weight,
    counts: noCounts(),
    fixes: 0,
    subScores: [],
    cap: null,
    skipped: [],
    executionTime: null,
    startedAt: null,
    completedAt: null,
    errorCode: null,
    worker: null,
  };
}
