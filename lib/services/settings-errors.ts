import { query } from '@/lib/db/client';

/** Errors in the repository's settings, by the newest audit of the branch up to this one that asked for them. */
export async function countSettingsErrors(auditId: string | null): Promise<number> {
  if (!auditId) return 0;
  const [row] = await query<{ errors: number | null }>`
    select (m.result #>> '{metrics,settings_errors}')::int as errors
    from audits target
    join audits a on a.project_id = target.project_id and (a.id = target.id
      or a.branch = target.branch and a.number < target.number and a.status in ('completed', 'partial'))
    join audit_magics m on m.audit_id = a.id and m.magic = 'integrity' and m.result is not null
    where target.id = ${auditId}::uuid
    order by a.number desc limit 1`;
  return row?.errors ?? 0;
}
