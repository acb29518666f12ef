import { pool } from '@/lib/db/client';
import type { ScoreFact } from '@/lib/magics/facts/audits';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { pastOf } from './audit-line';
import type { AuditRun } from './audit-run';
import { isChosenSql } from './chosen-magics';

const MAX_SCORES = 40;
/** What policies stored before there were such parts meant. */
const YARDSTICK = `'{"focusAreas": [], "pathRules": [], "ownRules": []}'::jsonb`;

/**
 * Health of earlier commits of the branch, oldest first; null without any. Only whole audits by the same rules and the
 * same policy: the step between two yardsticks is no trend.
 */
export async function loadEarlierScores({
  projectId,
  auditId,
  branch,
}: Pick<AuditRun, 'projectId' | 'auditId' | 'branch'>): Promise<ScoreFact[] | null> {
  const { rows } = await pool().query<ScoreFact>({
    name: 'earlier-scores',
    text: `select at, score from (
      select distinct on (a.commit_id) extract(epoch from a.committed_at)::float8 as at, a.health_score as score
      from audits this
      join audits a on a.project_id = this.project_id and a.branch in (this.branch, $4) and a.number < this.number
      where this.id = $1::uuid and this.project_id = $2::uuid
        and a.status = 'completed' and a.health_score is not null and a.rule_pack_version = $3
        and ${YARDSTICK} || (a.policy - 'gate') = ${YARDSTICK} || (this.policy - 'gate') and not ${isChosenSql('a')}
        and a.commit_id <> this.commit_id and a.committed_at <= this.committed_at
      order by a.commit_id, a.number desc) as judged
    order by at desc limit ${MAX_SCORES}`,
    values: [auditId, projectId, RULE_PACK_VERSION, pastOf(branch)],
  });
  return rows.length === 0 ? null : rows.reverse();
}
