import { appendLogEntry } from '@/lib/auth/log-chain';
import { db, type Tx } from '@/lib/db/client';
import type { NewCode } from '@/lib/magics/gate-policy';
import { canonicalJson } from '@/lib/magics/hash';
import { Policy } from '@/lib/magics/policy';
import type { Configuration } from '@/lib/schemas/configuration';
import { PASSING_LINES } from './audit-line';
import { effectiveConfiguration } from './configuration-layers';

/** Deleted in one transaction: each takes its findings and maps along. */
const DELETED_AT_ONCE = 50;
/** Projects looked at in one query. */
const PROJECTS_AT_ONCE = 100;

type Retention = Configuration['retention'];

/** Deletes audits that are older than their team keeps them; gives their number. */
export async function deleteOldAudits(signal?: AbortSignal): Promise<number> {
  let deleted = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  while (!signal?.aborted) {
    const projects = await loadProjects(after);
    for (const { id, teamId, ...row } of projects) {
      const { retention, gate } = effectiveConfiguration(row);
      const { newCode } = gate;
      if (retention.days === null && retention.audits === null) continue;
      if (newCode.since === 'tag' && !isSame(newCode, row.currentAudit?.policy)) continue;
      const before = newCode.since === 'date' ? newCode.date : null;
      deleted += await deleteOf({ id, teamId, before }, retention, signal);
    }
    const last = projects.at(-1);
    if (!last || projects.length < PROJECTS_AT_ONCE) break;
    after = last.id;
  }
  return deleted;
}

/** Projects for which anything at all was decided. */
function loadProjects(after: string) {
  return db().project.findMany({
    where: { id: { gt: after }, team: { configurationVersion: { gt: 0 } } },
    orderBy: { id: 'asc' },
    take: PROJECTS_AT_ONCE,
    select: {
      id: true,
      teamId: true,
      policyOverride: true,
      currentAudit: { select: { policy: true } },
      team: { select: { policy: true, configurationVersion: true } },
    },
  });
}

/** Which audit stands for a tag only Git can tell: until an audit has asked it, any may be the one. */
function isSame(newCode: NewCode, judgedBy: unknown): boolean {
  if (judgedBy === undefined) return false;
  return canonicalJson(Policy.parse(judgedBy).gate.newCode) === canonicalJson(newCode);
}

interface Kept {
  id: string;
  teamId: string;
  /** The day before which the gate looks for old code; null where it does not ask for a day. */
  before: string | null;
}

async function deleteOf(project: Kept, retention: Retention, signal?: AbortSignal) {
  let deleted = 0;
  while (!signal?.aborted) {
    const count = await db().$transaction((tx) => deleteSome(tx, project, retention));
    deleted += count;
    if (count < DELETED_AT_ONCE) break;
  }
  return deleted;
}

/**
 * Stays: what has not ended, a project's current audit, the newest audit of a branch, the newest that passed, the newest word
 * of each magic, what open findings were seen in last, and what a gate takes for old code: where the newest audits of branches
 * and those under way looked back to, and the newest before the day that the policy names. Weeks of the past are counted by
 * age alone; audits of pull requests and of their bases go by age, the newest of one too.
 */
async function deleteSome(tx: Tx, { id, teamId, before }: Kept, retention: Retention): Promise<number> {
  const rows = await tx.$queryRaw<{ number: number }[]>`
    delete from audits where id in (
      select a.id from audits a
      join projects p on p.id = a.project_id
      where a.project_id = ${id}::uuid and a.status not in ('queued', 'running')
        and a.id is distinct from p.current_audit_id
        and (a.created_at < now() - ${retention.days}::int * interval '1 day'
          or a.as_of is null and ${retention.audits}::int <= (
            select count(*) from audits newer
            where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number))
        and (a.branch ~ ${PASSING_LINES} or exists (select from audits newer
          where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number))
        and (a.branch ~ ${PASSING_LINES} or a.gate is distinct from 'passed' or exists (select from audits newer
          where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number
            and newer.gate = 'passed'))
        and (a.branch ~ ${PASSING_LINES} or not exists (select from audit_magics m where m.audit_id = a.id and m.result is not null
          and not exists (select from audits newer join audit_magics n on n.audit_id = newer.id
            where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number
              and newer.status in ('completed', 'partial') and n.magic = m.magic and n.result is not null)))
        and not exists (select from findings f
          where f.project_id = a.project_id and f.last_audit_id = a.id and f.state <> 'fixed')
        and not exists (select from audits later
          where later.project_id = a.project_id and later.gate_baseline_id = a.id
            and (later.status in ('queued', 'running') or not exists (select from audits newer
              where newer.project_id = later.project_id and newer.branch = later.branch
                and newer.number > later.number and newer.status in ('completed', 'partial'))))
        and (${before}::date is null or a.committed_at is null or a.status not in ('completed', 'partial')
          or a.committed_at >= ${before}::date::timestamp at time zone 'UTC' or exists (select from audits newer
            where newer.project_id = a.project_id and newer.branch = a.branch
              and newer.status in ('completed', 'partial') and newer.commit_id is not null
              and newer.committed_at < ${before}::date::timestamp at time zone 'UTC'
              and (newer.committed_at, newer.number) > (a.committed_at, a.number)))
      order by a.number limit ${DELETED_AT_ONCE} for update of a skip locked)
    returning number`;
  if (rows.length === 0) return 0;
  const numbers = rows.map(({ number }) => number);
  await appendLogEntry(tx, {
    action: 'audits.expired',
    actorId: null,
    teamId,
    target: id,
    detail: { audits: rows.length, from: Math.min(...numbers), to: Math.max(...numbers) },
  });
  return rows.length;
}
