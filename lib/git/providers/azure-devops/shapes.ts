import * as z from 'zod';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

const HEADS = 'refs/heads/';

export function branchOf(ref: string): string {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;
}

export const RepositoryRow = z.object({
  id: z.string(),
  name: z.string(),
  defaultBranch: z.string().nullish(),
  size: z.number().nullish(),
  remoteUrl: z.string(),
  webUrl: z.string(),
  isDisabled: z.boolean().nullish(),
  isFork: z.boolean().nullish(),
  project: z.object({ id: z.string(), name: z.string(), visibility: z.string().nullish() }),
});

export function toRepository(organisation: string, row: z.output<typeof RepositoryRow>): ProviderRepository {
  return {
    id: row.id,
    path: `${organisation}/${row.project.name}/${row.name}`,
    cloneUrl: cloneUrlOf(organisation, row),
    webUrl: row.webUrl,
    defaultBranch: row.defaultBranch ? branchOf(row.defaultBranch) : null,
    isPrivate: row.project.visibility !== 'public',
    // A repository that is switched off takes no pushes, and gives nothing either.
    isArchived: row.isDisabled ?? false,
    isFork: row.isFork ?? false,
    sizeBytes: row.size ?? null,
    canAdminister: null,
    pushedAt: null,
  };
}

export const BranchShape = z
  .object({ name: z.string(), objectId: z.string() })
  .transform(({ name, objectId }): Branch => ({ name: branchOf(name), commitId: objectId, isProtected: null }));

export const PullRequestRow = z.object({
  pullRequestId: z.number().int(),
  title: z.string(),
  status: z.string(),
  isDraft: z.boolean().nullish(),
  createdBy: z.object({ uniqueName: z.string().nullish(), displayName: z.string().nullish() }).nullish(),
  sourceRefName: z.string(),
  targetRefName: z.string(),
  lastMergeSourceCommit: z.object({ commitId: z.string() }).nullish(),
  forkSource: z.unknown().optional(),
});

/** @param webUrl of the repository, to which pages of its pull requests belong */
export function toPullRequest(webUrl: string, row: z.output<typeof PullRequestRow>): PullRequestFacts {
  return {
    number: row.pullRequestId,
    title: row.title,
    author: row.createdBy?.uniqueName ?? row.createdBy?.displayName ?? null,
    url: `${webUrl}/pullrequest/${row.pullRequestId}`,
    isOpen: row.status === 'active',
    isDraft: row.isDraft ?? false,
    isFork: Boolean(row.forkSource),
    baseBranch: branchOf(row.targetRefName),
    headBranch: branchOf(row.sourceRefName),
    headCommitId: row.lastMergeSourceCommit?.commitId ?? '',
    // Only the merge has a ref of its own.
    headRef: null,
  };
}

/** Organisations of old are named by hosts of their own, which stand for the same. */
function cloneUrlOf(organisation: string, row: z.output<typeof RepositoryRow>): string {
  const isOld = URL.canParse(row.remoteUrl) && new URL(row.remoteUrl).hostname.endsWith('.visualstudio.com');
  if (!isOld) return withoutUser(row.remoteUrl);
  const [owner, project, name] = [organisation, row.project.name, row.name].map(encodeURIComponent);
  return `https://dev.azure.com/${owner}/${project}/_git/${name}`;
}

/** The host writes the organisation into the address as a user. */
function withoutUser(href: string): string {
  if (!URL.canParse(href)) return href;
  const url = new URL(href);
  url.username = '';
  url.password = '';
  return url.href;
}
