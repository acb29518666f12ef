import { query } from '@/lib/db/client';
import { NOT_OURS } from './failed-jobs';

/** Stands for all jobs that are of no team, as those of a later release. */
const NO_TEAM = '00000000-0000-0000-0000-000000000000';

export interface TeamCounts {
  all: number;
  /** With an audit that ended lately. */
  audited: number;
  /** Of those, with one that failed for a cause of this installation. */
  failed: number;
  /** With a job that is set aside. */
  set_aside: number;
  /** With a connection to a Git host. */
  connected: number;
  /** Of those, with one that its host refuses. */
  refused: number;
}

/** How many teams something concerns. What a tenant can bring about alone is told by one. */
export async function countTeams(recentMinutes: number): Promise<TeamCounts> {
  const [row] = await query<TeamCounts>`
    select (select count(*)::int from teams) as "all", audits.*, connections.*, jobs.*
    from
      (select count(distinct p.team_id)::int as audited,
          count(distinct p.team_id) filter (where a.status = 'failed' and a.error_code !~ ${NOT_OURS.source})::int as failed
        from audits a join projects p on p.id = a.project_id
        where a.ended_at > now() - ${recentMinutes} * interval '1 minute') audits,
      (select count(distinct team_id)::int as connected,
          count(distinct team_id) filter (where status in ('reconnect', 'suspended'))::int as refused
        from connections) connections,
      (select count(distinct coalesce(p.team_id, c.team_id, ${NO_TEAM}::uuid))::int as set_aside
        from failed_jobs f
        left join webhook_deliveries d on f.name = 'webhook.process' and d.id = (f.payload ->> 'deliveryId')::uuid
        left join audits a on a.id = (f.payload ->> 'auditId')::uuid
        left join projects p on p.id = coalesce(a.project_id, d.project_id, (f.payload ->> 'projectId')::uuid)
        left join connections c on c.id = (f.payload ->> 'connectionId')::uuid
        where f.retried_at is null) jobs`;
  if (!row) throw new Error('counting gave no row');
  return row;
}
