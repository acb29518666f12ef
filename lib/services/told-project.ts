import { isAbsolute } from 'node:path';
import type { Tx } from '@/lib/db/client';
import type { ProviderId } from '@/lib/git/providers/provider';
import type { KeptDelivery } from './delivery-payload';
import { pathOfAddress } from './moved-address';

/** What has to be known of a project to understand what its host tells. */
export interface ToldProject {
  id: string;
  teamId: string;
  branch: string;
  repositoryUrl: string;
  canonicalKey: string;
  provider: string | null;
  providerRepositoryId: string | null;
  providerPath: string | null;
  isArchived: boolean;
  connection: { kind: string; account: string | null; app: { slug: string } | null } | null;
}

/**
 * Whether we did it ourselves: what our App or a token's bot does must not come back to us as work. A token may be that of
 * a person, who pushes under the same name; what a person does is never ours.
 */
export function isOwnAction({ connection }: ToldProject, { sender }: KeptDelivery): boolean {
  if (!connection || !sender?.isBot) return false;
  const login = sender.login.toLowerCase();
  return login === connection.account?.toLowerCase() || login === `${connection.app?.slug.toLowerCase()}[bot]`;
}

/** Hosts that tell of no move: the path in whatever they send is where the repository is now. */
const SILENT_ABOUT_MOVES: ReadonlySet<ProviderId> = new Set(['gitlab', 'gitea', 'azure_devops']);

/**
 * False when the delivery is about another repository. The first that fits tells what the host calls it, by which it is
 * known after it was renamed.
 */
export async function tellIdentity(
  tx: Tx,
  project: ToldProject,
  provider: ProviderId,
  { repository, changes }: KeptDelivery,
): Promise<boolean> {
  if (!repository) return true;
  if (project.providerRepositoryId !== null) {
    if (project.providerRepositoryId !== repository.id) return false;
    noticeMove(project, provider, repository.path, changes);
    return true;
  }
  const former = changes.flatMap((change) => (change.kind === 'repository' ? (change.formerPath ?? []) : []));
  const isKnown = [repository.path, ...former].some((path) => isSamePath(project, path));
  if (!isKnown) return false;
  const data = {
    provider: project.provider ?? provider,
    providerRepositoryId: repository.id,
    providerPath: project.providerPath ?? repository.path,
  };
  await tx.project.update({ where: { id: project.id }, data });
  Object.assign(project, data);
  return true;
}

function noticeMove(project: ToldProject, provider: ProviderId, path: string, changes: KeptDelivery['changes']): void {
  const former = project.providerPath;
  if (!SILENT_ABOUT_MOVES.has(provider) || former === null || former.toLowerCase() === path.toLowerCase()) return;
  if (changes.some(({ kind }) => kind === 'repository')) return;
  const moved = { kind: 'repository', change: 'renamed', path, formerPath: former } as const;
  changes.unshift({ ...moved, defaultBranch: null, formerDefaultBranch: null });
}

/** Of a path on this machine nothing can be said; the signature has to do. */
function isSamePath({ repositoryUrl, providerPath }: ToldProject, path: string): boolean {
  if (isAbsolute(repositoryUrl)) return true;
  const told = path.toLowerCase();
  if (providerPath?.toLowerCase() === told) return true;
  const own = pathOfAddress(repositoryUrl).toLowerCase();
  return own === told || own.endsWith(`/${told}`);
}
