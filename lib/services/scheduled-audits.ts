import { appendLogEntry } from '@/lib/auth/log-chain';
import { asSystem } from '@/lib/auth/tenants';
import { db, query, type Tx } from '@/lib/db/client';
import type { Logger } from '@/lib/logger';
import type { Schedule } from '@/lib/schemas/configuration';
import { createAudit, magicsOf } from './audit-creation';
import { announceAudit } from './audit-events';
import { effectiveConfiguration, PROJECT_ROW, policyOf } from './configuration-layers';
import { lockProjectRow } from './project-lock';
import { delayMsOf, lastTimeOf } from './schedule-time';
import { findUnchanged } from './unchanged-branch';

/** Projects looked at in one query. */
const PROJECTS_AT_ONCE = 100;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface Candidate {
  id: string;
  teamId: string;
  policyOverride: unknown;
  policy: unknown;
  configurationVersion: number;
  createdAt: Date;
  /** When the schedule last asked. */
  scheduledAt: Date | null;
  /** When the newer of the two versions that hold was saved. */
  savedAt: Date | null;
}

type LastTime = (schedule: Schedule) => Date | null;

/**
 * Asks for an audit of the main branch wherever a time of the schedule has come since the last was asked for and since the
 * settings were saved: one, however many times were missed. Gives their number.
 */
export async function requestScheduledAudits(log: Logger, now = new Date(), signal?: AbortSignal): Promise<number> {
  const lastTime = rememberTimes(now);
  let asked = 0;
  let after = NO_ID;
  while (!signal?.aborted) {
    const projects = await asSystem(() => loadScheduled(after));
    for (const project of projects) {
      if (signal?.aborted) break;
      try {
        if (!isDue(project, lastTime, now)) continue;
        if (await isSkipped(project, log, now, signal)) continue;
        const auditId = await asSystem(() => db().$transaction((tx) => ask(tx, project, now)));
        if (auditId === null) continue;
        asked++;
        log.info({ auditId, projectId: project.id, trigger: 'schedule' }, 'audit queued');
        await announceAudit(auditId, log);
      } catch (err) {
        // The others' times have come, too.
        log.warn({ err, projectId: project.id }, 'a scheduled audit could not be asked for');
      }
    }
    const last = projects.at(-1);
    if (!last || projects.length < PROJECTS_AT_ONCE) break;
    after = last.id;
  }
  return asked;
}

/** Projects for which a schedule is on, in their own settings or in those of the team: which of them holds is not known yet. */
function loadScheduled(after: string): Promise<Candidate[]> {
  return query<Candidate>`
    select p.id, p.team_id as "teamId", p.policy_override as "policyOverride", t.policy,
      t.configuration_version as "configurationVersion", p.created_at as "createdAt", p.scheduled_at as "scheduledAt",
      (select max(v.changed_at) from configuration_versions v
        where v.team_id = t.id and v.project_id is null and v.number = t.configuration_version
          or v.project_id = p.id and v.number = p.override_version) as "savedAt"
    from projects p join teams t on t.id = p.team_id
    where p.id > ${after}::uuid and t.configuration_version > 0 and not p.is_archived
      and (t.policy #>> '{schedule,isEnabled}' = 'true' or p.policy_override #>> '{schedule,isEnabled}' = 'true')
    order by p.id limit ${PROJECTS_AT_ONCE}::int`;
}

/** Most projects of a team have the same schedule. */
function rememberTimes(now: Date): LastTime {
  const times = new Map<string, Date | null>();
  return (schedule) => {
    const key = `${schedule.timeZone} ${schedule.cron}`;
    let time = times.get(key);
    if (time === undefined) {
      time = lastTimeOf(schedule, now);
      times.set(key, time);
    }
    return time;
  };
}

function isDue(project: Candidate, lastTime: LastTime, now: Date): boolean {
  const { policyOverride, policy, configurationVersion } = project;
  const { schedule } = effectiveConfiguration({ policyOverride, team: { policy, configurationVersion } });
  const time = schedule?.isEnabled ? lastTime(schedule) : null;
  if (!time || time.getTime() + delayMsOf(project.id) > now.getTime()) return false;
  return [project.createdAt, project.scheduledAt, project.savedAt].every((since) => since === null || since < time);
}

/** Whether the audit is left out, which is then written down: the newest one said all that it would say. */
async function isSkipped(project: Candidate, log: Logger, now: Date, signal?: AbortSignal): Promise<boolean> {
  const { id, teamId, policyOverride, policy, configurationVersion } = project;
  const configuration = effectiveConfiguration({ policyOverride, team: { policy, configurationVersion } });
  if (!configuration.schedule?.skipUnchanged) return false;
  const commitId = await asSystem(() => findUnchanged(id, policyOf(configuration), { signal, log }));
  if (commitId === null) return false;
  const isOurs = await asSystem(() => db().$transaction((tx) => skip(tx, project, { commitId, now })));
  if (isOurs) log.info({ projectId: id, teamId }, 'scheduled audit skipped: nothing changed');
  return isOurs;
}

async function skip(
  tx: Tx,
  { id, teamId, scheduledAt }: Candidate,
  { commitId, now }: { commitId: string; now: Date },
): Promise<boolean> {
  await lockProjectRow(tx, id);
  const row = await tx.project.findFirst({ where: { id }, select: { scheduledAt: true, branch: true } });
  if (!row || row.scheduledAt?.getTime() !== scheduledAt?.getTime()) return false;
  await tx.project.update({ where: { id }, data: { scheduledAt: now, scheduleSkippedAt: now } });
  await appendLogEntry(tx, {
    action: 'audit.skipped',
    actorId: null,
    teamId,
    target: id,
    detail: { branch: row.branch, commit: commitId },
  });
  return true;
}

/** Null when another worker asked meanwhile, or the one asked for before still waits: it will see the same commit. */
async function ask(tx: Tx, { id, teamId, scheduledAt }: Candidate, now: Date): Promise<string | null> {
  await lockProjectRow(tx, id);
  const row = await tx.project.findFirst({
    where: { id },
    select: { ...PROJECT_ROW, branch: true, scheduledAt: true },
  });
  if (!row || row.scheduledAt?.getTime() !== scheduledAt?.getTime()) return null;
  const waiting = await tx.audit.count({ where: { projectId: id, trigger: 'schedule', status: 'queued' } });
  if (waiting > 0) return null;
  const policy = policyOf(effectiveConfiguration(row));
  await tx.project.update({ where: { id }, data: { scheduledAt: now, scheduleSkippedAt: null } });
  const audit = await createAudit(tx, teamId, {
    projectId: id,
    branch: row.branch,
    kind: 'full',
    trigger: 'schedule',
    magics: magicsOf(policy),
    policy,
    configurationVersion: row.team.configurationVersion,
    priority: 'low',
    requestedById: null,
  });
  await appendLogEntry(tx, {
    action: 'audit.scheduled',
    actorId: null,
    teamId,
    target: audit.id,
    detail: { projectId: id, branch: row.branch, kind: 'full' },
  });
  return audit.id;
}
