import { appendLogEntry } from '@/lib/auth/log-chain';
import { db, type Tx } from '@/lib/db/client';
import type { Configuration } from '@/lib/schemas/configuration';
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
      const { retention } = effectiveConfiguration(row);
      if (retention.days !== null || retention.audits !== null)
        deleted += await deleteOf({ id, teamId }, retention, signal);
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
      team: { select: { policy: true, configurationVersion: true } },
    },
  });
}

async function deleteOf(project: { id: string; teamId: string }, retention: Retention, signal?: AbortSignal) {
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
 * of each magic, and what open findings were seen in last. Weeks of the past are counted by age alone.
 */
async function deleteSome(
  tx: Tx,
  { id, teamId }: { id: string; teamId: string },
  retention: Retention,
): Promise<number> {
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
        and exists (select from audits newer
          where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number)
        and (a.gate is distinct from 'passed' or exists (select from audits newer
          where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number
            and newer.gate = 'passed'))
        and not exists (select from audit_magics m where m.audit_id = a.id and m.result is not null
          and not exists (select from audits newer join audit_magics n on n.audit_id = newer.id
            where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number
              and newer.status in ('completed', 'partial') and n.magic = m.magic and n.result is not null))
        and not exists (select from findings f
          where f.project_id = a.project_id and f.last_audit_id = a.id and f.state <> 'fixed')
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
