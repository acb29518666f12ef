import type { Tx } from '@/lib/db/client';
import { unpackDelivery } from './delivery-payload';
import { type PushAudit, requestPushAudit } from './push-audits';
import { isOwnAction, type ToldProject } from './told-project';

/** Deliveries that one audit takes at once. */
const MOST = 200;

/**
 * While an audit waits, all pushes to its branch that came meanwhile join it together: a burst costs little more than one of
 * them. Those that another job holds are left to it. The project is locked. Gives the audit when it had to be made: the one
 * that waited had begun.
 */
export async function absorbPushes(tx: Tx, project: ToldProject, branch: string): Promise<PushAudit | null> {
  const waiting = await tx.$queryRaw<{ id: string; payload: Uint8Array }[]>`
    select id, payload from webhook_deliveries
    where project_id = ${project.id}::uuid and status = 'received' and branch = ${branch} and source = 'webhook'
      and payload is not null
    order by received_at limit ${MOST}::int for update skip locked`;
  const joined: { id: string; commit: string }[] = [];
  const files = new Set<string>();
  for (const { id, payload } of waiting) {
    const kept = await unpackDelivery(payload);
    const [change] = kept.changes;
    const isOurs = kept.repository !== null && kept.repository.id === project.providerRepositoryId;
    if (!isOurs || change?.kind !== 'push' || change.after === null || isOwnAction(project, kept)) continue;
    joined.push({ id, commit: change.after.slice(0, 7) });
    for (const file of change.files) files.add(file);
  }
  if (joined.length === 0) return null;
  const audit = await requestPushAudit(tx, project, { branch, files: [...files] });
  const asking = audit.isNew ? joined[0]?.id : null;
  await tx.$executeRaw`
    update webhook_deliveries d set status = 'processed', audit_id = ${audit.id}::uuid, processed_at = now(),
      outcome = jsonb_build_object(
        'id', case when d.id = ${asking}::uuid then 'audit_queued' else 'joined_waiting_audit' end,
        'data', jsonb_build_object('branch', ${branch}::text, 'number', ${audit.number}::int, 'commit', told.commit))
    from unnest(${joined.map(({ id }) => id)}::uuid[], ${joined.map(({ commit }) => commit)}::text[]) as told (id, commit)
    where d.id = told.id`;
  return audit.isNew ? audit : null;
}
