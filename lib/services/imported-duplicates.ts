import type { Tx } from '@/lib/db/client';
import { KNOWN_RULES } from '@/lib/imports/known-rules';
import { magics } from '@/lib/magics/registry';

/** Tools count lines of one place a little differently. */
const NEAR_LINES = 1;

/**
 * Ties findings of other tools to ours that say the same of the same place: a weakness both name, or rules known to ask
 * one thing. A finding that ours no longer says stands for itself again.
 */
export async function linkDuplicates(tx: Tx, projectId: string): Promise<void> {
  const count = await tx.finding.count({ where: { projectId, tool: { not: null } } });
  if (count === 0) return;
  const meanings = JSON.stringify(ownMeanings());
  const known = JSON.stringify(Object.entries(KNOWN_RULES).map(([other, own]) => ({ other, own })));
  await tx.$executeRaw`
    with pairs as (
      select distinct on (i.id) i.id, f.id as own_id
      from findings i
      join findings f on f.project_id = i.project_id and f.path = i.path and f.tool is null and f.state <> 'fixed'
        and f.start_line <= i.end_line + ${NEAR_LINES}::int and i.start_line <= f.end_line + ${NEAR_LINES}::int
      where i.project_id = ${projectId}::uuid and i.tool is not null and i.state <> 'fixed'
        and (exists (select from jsonb_to_recordset(${meanings}::jsonb) as m ("ruleId" text, weakness int)
              where m."ruleId" = f.rule_id and m.weakness = any(i.weaknesses))
          or exists (select from jsonb_to_recordset(${known}::jsonb) as k (other text, own text)
              where k.other = i.rule_id and k.own = f.rule_id))
      order by i.id, abs(f.start_line - i.start_line), f.severity_rank, f.id)
    update findings set duplicate_of_id = linked.own_id
    from (select i.id, p.own_id from findings i left join pairs p on p.id = i.id
      where i.project_id = ${projectId}::uuid and i.tool is not null) linked
    where findings.id = linked.id and findings.duplicate_of_id is distinct from linked.own_id`;
}

let meanings: { ruleId: string; weakness: number }[] | undefined;

/** Weaknesses that our rules look for, as their tags name them. */
function ownMeanings() {
  meanings ??= magics
    .flatMap((magic) => magic.rules)
    .flatMap(({ id, tags }) =>
      tags.flatMap((tag) => {
        const [, number] = /^CWE-(\d+)$/.exec(tag) ?? [];
        return number ? [{ ruleId: id, weakness: Number(number) }] : [];
      }),
    );
  return meanings;
}
