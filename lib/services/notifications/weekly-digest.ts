import type { Tx } from '@/lib/db/client';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { Section, StoredMessage } from '@/lib/notifications/message';
import type { Writing } from '@/lib/notifications/write-message';

const WEEK_MS = 7 * 24 * 3600_000;
/** Projects told of, those in the worst state first. */
const MOST_PROJECTS = 20;

interface Row {
  id: string;
  name: string;
  health: number | null;
  gate: string | null;
  before: number | null;
  audits: number;
  found: number;
  fixed: number;
}

/** What the last seven days brought to the projects that the channel is about. */
export async function weeklyMessage(
  tx: Tx,
  { settings, teamId, teamName, publicUrl, now }: Writing & { teamName: string; now: Date },
): Promise<StoredMessage> {
  const rows = await loadWeek(tx, {
    teamId,
    projectIds: settings.projectIds,
    since: new Date(now.getTime() - WEEK_MS),
  });
  const t = messagesIn(settings.language).notifications.message;
  const format = createFormat(settings.language, settings.timeZone, now.getTime());
  const shown = rows.slice(0, MOST_PROJECTS);
  const lines = shown.map(({ name, health, gate, before, audits, found, fixed }) => {
    const score = health === null ? t.weeklyHealthNone : format.number(health, 1);
    const change = health !== null && before !== null ? Math.round((health - before) * 10) / 10 : 0;
    const parts = [
      change === 0 ? t.health(score) : t.healthChanged(score, format.change(change, 1)),
      ...(gate ? [textOf(t.weeklyGate, gate) ?? gate] : []),
      audits === 0 ? t.weeklyUnaudited : t.weeklyFound(format.number(found), format.number(fixed)),
    ];
    return `${name}: ${parts.join(messagesIn(settings.language).common.comma)}`;
  });
  const rest = rows.length - shown.length;
  const title = t.weekly(teamName);
  const url = `${publicUrl}/teams/${teamId}`;
  const section: Section = {
    tone: rows.some(({ gate }) => gate === 'failed') ? 'warning' : 'good',
    title,
    lines: rows.length === 0 ? [t.weeklyNone] : [...lines, ...(rest > 0 ? [t.leftOut(String(rest))] : [])],
    link: { label: t.team, url },
  };
  return {
    message: { language: settings.language, title, sections: [section], notes: [t.sentFrom(publicUrl)] },
    events: [
      { type: 'weekly_digest', at: now.toISOString(), project: null, auditId: null, url, data: { projects: rows } },
    ],
  };
}

function loadWeek(
  tx: Tx,
  { teamId, projectIds, since }: { teamId: string; projectIds: readonly string[]; since: Date },
): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select p.id, p.name, current.health_score as health, current.gate,
      (select o.health_score from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
        and o.as_of is null and o.ended_at <= ${since} order by o.number desc limit 1) as before,
      week.audits::int, week.found::int, week.fixed::int
    from projects p
    left join audits current on current.id = p.current_audit_id
    cross join lateral (
      select count(*) as audits, coalesce(sum(a.fixed_count), 0) as fixed,
        coalesce(sum(cardinality(a.new_findings) + cardinality(a.reopened_findings)), 0) as found
      from audits a where a.project_id = p.id and a.branch = p.branch and a.as_of is null and a.ended_at > ${since}
        and a.status in ('completed', 'partial')) week
    where p.team_id = ${teamId}::uuid
      and (cardinality(${[...projectIds]}::uuid[]) = 0 or p.id = any(${[...projectIds]}::uuid[]))
    order by current.gate = 'failed' desc nulls last, current.health_score nulls last, p.name`;
}
