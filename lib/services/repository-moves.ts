import { appendLogEntry } from '@/lib/auth/log-chain';
import type { Tx } from '@/lib/db/client';
import type { DeliveredChange } from '@/lib/git/providers/provider';
import { BranchName } from '@/lib/schemas/common';
import type { Outcome } from './delivery-outcome';
import { movedAddress } from './moved-address';
import { requestPushAudit } from './push-audits';
import type { ToldProject } from './told-project';

type RepositoryChange = Extract<DeliveredChange, { kind: 'repository' }>;

/** What happened to the repository itself. The project is locked. */
export async function followRepository(tx: Tx, project: ToldProject, change: RepositoryChange): Promise<Outcome> {
  switch (change.change) {
    case 'renamed':
    case 'transferred':
      return followMove(tx, project, change);
    case 'archived':
    case 'unarchived': {
      const isArchived = change.change === 'archived';
      await tx.project.updateMany({ where: { id: project.id }, data: { isArchived } });
      return { status: 'processed', id: change.change };
    }
    case 'deleted':
      // Its results stay; the next audit that can read it takes the problem away.
      await tx.project.updateMany({ where: { id: project.id }, data: { accessProblem: 'repository_not_found' } });
      return { status: 'processed', id: 'repository_deleted' };
    case 'privatized':
    case 'publicized':
      return { status: 'processed', id: change.change };
    case 'default_branch':
      return followDefaultBranch(tx, project, change);
  }
}

async function followMove(tx: Tx, project: ToldProject, { path, formerPath }: RepositoryChange): Promise<Outcome> {
  if (path === null) return { status: 'ignored', id: 'not_needed' };
  const formers = [project.providerPath, formerPath].filter((one) => one !== null);
  const url = formers.reduce<ReturnType<typeof movedAddress>>(
    (found, former) => found ?? movedAddress(project.repositoryUrl, former, path),
    null,
  );
  if (!url) return { status: 'ignored', id: 'move_not_followed', data: { path } };
  const other = await tx.project.findFirst({
    where: { teamId: project.teamId, canonicalKey: url.key, id: { not: project.id } },
    select: { name: true },
  });
  if (other) return { status: 'ignored', id: 'moved_onto_another', data: { path, name: other.name } };
  if (url.url === project.repositoryUrl) return { status: 'ignored', id: 'already_moved', data: { path } };
  const data = { repositoryUrl: url.url, canonicalKey: url.key, providerPath: path };
  await tx.project.update({ where: { id: project.id }, data });
  await appendLogEntry(tx, {
    action: 'project.moved',
    actorId: null,
    teamId: project.teamId,
    target: project.id,
    before: { repositoryUrl: project.repositoryUrl },
    after: { repositoryUrl: url.url },
  });
  Object.assign(project, data);
  return { status: 'processed', id: 'moved', data: { path } };
}

/** The project follows when it audits what was the default branch. */
async function followDefaultBranch(
  tx: Tx,
  project: ToldProject,
  { defaultBranch, formerDefaultBranch }: RepositoryChange,
): Promise<Outcome> {
  const branch = BranchName.safeParse(defaultBranch);
  if (!branch.success) return { status: 'ignored', id: 'not_needed' };
  const data = { branch: branch.data, audited: project.branch };
  if (project.branch === branch.data || project.branch !== formerDefaultBranch) {
    return { status: 'ignored', id: 'default_branch_changed', data };
  }
  await tx.project.update({ where: { id: project.id }, data: { branch: branch.data } });
  await appendLogEntry(tx, {
    action: 'project.branch_followed',
    actorId: null,
    teamId: project.teamId,
    target: project.id,
    before: { branch: project.branch },
    after: { branch: branch.data },
  });
  project.branch = branch.data;
  const audit = await requestPushAudit(tx, project, { branch: branch.data, files: [] });
  return { status: 'processed', id: 'default_branch_followed', data, auditId: audit.id, isNewAudit: audit.isNew };
}
