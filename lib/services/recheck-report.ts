import type { Context } from '@/lib/auth/context';
import { query } from '@/lib/db/client';
import { env } from '@/lib/env';
import type { DifferentAuditView, RechecksView } from '@/lib/schemas/operations';
import type { RecheckDifference } from './recheck-comparison';

const MOST_SHOWN = 20;

/** How many audits were judged again, and how many of them said something else. */
export async function countRechecks(): Promise<Pick<RechecksView, 'waiting' | 'day'> & { different: number }> {
  const [row] = await query<{
    waiting: number;
    same: number;
    differentDay: number;
    skipped: number;
    different: number;
  }>`
    select count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'same' and checked_at > now() - interval '1 day')::int as same,
      count(*) filter (where state = 'different' and checked_at > now() - interval '1 day')::int as "differentDay",
      count(*) filter (where state = 'skipped' and checked_at > now() - interval '1 day')::int as skipped,
      count(*) filter (where state = 'different')::int as different
    from audit_rechecks`;
  const { waiting, same, differentDay, skipped, different } = row ?? {
    waiting: 0,
    same: 0,
    differentDay: 0,
    skipped: 0,
    different: 0,
  };
  return { waiting, day: { same, different: differentDay, skipped }, different };
}

/** Names only what lies in the asker's own teams. */
export async function loadRechecks(ctx: Context): Promise<RechecksView> {
  const [{ waiting, day, different: count }, rows] = await Promise.all([
    countRechecks(),
    query<
      Omit<DifferentAuditView, 'checkedAt' | 'parts' | 'magics'> & { checkedAt: Date; differences: RecheckDifference[] }
    >`
      select r.checked_at as "checkedAt", r.differences, p.id as "projectId", p.name as "projectName",
        case when p.id is not null then a.id end as "auditId", case when p.id is not null then a.number end as "auditNumber"
      from audit_rechecks r join audits a on a.id = r.audit_id
      left join projects p on p.id = a.project_id and p.team_id = any(${ctx.teamIds}::uuid[])
      where r.state = 'different' order by r.checked_at desc, r.audit_id limit ${MOST_SHOWN}::int`,
  ]);
  const items = rows.map(
    ({ checkedAt, differences, ...row }): DifferentAuditView => ({
      ...row,
      checkedAt: checkedAt.toISOString(),
      parts: [...new Set(differences.map(({ part }) => part))],
      magics: [...new Set(differences.flatMap(({ magic }) => magic ?? []))],
    }),
  );
  return { percent: env().RECHECK_PERCENT, waiting, day, different: { items, count } };
}
