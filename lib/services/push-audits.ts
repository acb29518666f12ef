import { appendLogEntry } from '@/lib/auth/log-chain';
import type { Tx } from '@/lib/db/client';
import { createAudit, findEqual, magicsOf } from './audit-creation';
import { loadAuditPolicy } from './configuration-layers';
import type { ToldProject } from './told-project';

/** Files of one audit that are shown first. */
const MAX_TARGET_FILES = 500;

export interface PushAudit {
  id: string;
  number: number;
  /** False: one that waits takes it along. */
  isNew: boolean;
}

/**
 * An audit of the newest commit of a branch. One that waits already will see that commit, too: then it is
 * renewed, and nothing is added. The project is locked.
 */
export async function requestPushAudit(
  tx: Tx,
  { id: projectId, teamId }: Pick<ToldProject, 'id' | 'teamId'>,
  { branch, files }: { branch: string; files: readonly string[] },
): Promise<PushAudit> {
  const { policy, configurationVersion } = await loadAuditPolicy(tx, projectId);
  const magics = magicsOf(policy);
  const known =
    (await findEqual(tx, { projectId, branch, magics, kind: 'incremental', idempotencyKey: null })) ??
    (await findEqual(tx, { projectId, branch, magics, kind: 'full', idempotencyKey: null }));
  if (known) {
    const number = await renew(tx, known.id, JSON.stringify(policy), configurationVersion, files);
    return { id: known.id, number, isNew: false };
  }
  const { id } = await createAudit(tx, teamId, {
    projectId,
    branch,
    kind: 'incremental',
    trigger: 'push',
    magics,
    policy,
    configurationVersion,
    targetFiles: files.slice(0, MAX_TARGET_FILES),
    priority: 'normal',
    requestedById: null,
  });
  const detail = { projectId, branch, kind: 'incremental' };
  await appendLogEntry(tx, { action: 'audit.pushed', actorId: null, teamId, target: id, detail });
  const { number } = await tx.audit.findFirstOrThrow({ where: { id }, select: { number: true } });
  return { id, number, isNew: true };
}

/** An audit in other hands begins, and is not waited for: it reads the branch after it began. */
async function renew(
  tx: Tx,
  auditId: string,
  policy: string,
  configurationVersion: number,
  files: readonly string[],
): Promise<number> {
  await tx.$executeRaw`
    update audits set policy = ${policy}::jsonb, configuration_version = ${configurationVersion},
      target_files = array(
        select file from unnest(target_files || ${files}::text[]) with ordinality as told (file, place)
        group by file order by min(place) limit ${MAX_TARGET_FILES}::int)
    where id = (select id from audits where id = ${auditId}::uuid and status = 'queued' for update skip locked)`;
  const { number } = await tx.audit.findFirstOrThrow({ where: { id: auditId }, select: { number: true } });
  return number;
}
