import * as z from 'zod';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

/** Roles by their number: 30 pushes, 40 administers. */
export const DEVELOPER = 30;
const MAINTAINER = 40;

const Access = z.object({ access_level: z.number() }).nullish();

export const ProjectShape = z
  .object({
    id: z.number().int(),
    path_with_namespace: z.string(),
    http_url_to_repo: z.string(),
    web_url: z.string(),
    default_branch: z.string().nullish(),
    empty_repo: z.boolean().nullish(),
    visibility: z.string().nullish(),
    archived: z.boolean().nullish(),
    forked_from_project: z.unknown().optional(),
    statistics: z.object({ repository_size: z.number().nullish() }).nullish(),
    permissions: z.object({ project_access: Access, group_access: Access }).nullish(),
    last_activity_at: z.string().nullish(),
  })
  .transform(
    (row): ProviderRepository => ({
      id: String(row.id),
      path: row.path_with_namespace,
      cloneUrl: row.http_url_to_repo,
      webUrl: row.web_url,
      defaultBranch: row.empty_repo ? null : (row.default_branch ?? null),
      isPrivate: row.visibility !== 'public',
      isArchived: row.archived ?? false,
      isFork: Boolean(row.forked_from_project),
      sizeBytes: row.statistics?.repository_size ?? null,
      canAdminister: row.permissions ? levelIn(row.permissions) >= MAINTAINER : null,
      pushedAt: dateOf(row.last_activity_at),
    }),
  );

interface Levels {
  project_access?: z.output<typeof Access>;
  group_access?: z.output<typeof Access>;
}

function levelIn({ project_access, group_access }: Levels): number {
  return Math.max(project_access?.access_level ?? 0, group_access?.access_level ?? 0);
}

export const BranchShape = z
  .object({ name: z.string(), commit: z.object({ id: z.string() }), protected: z.boolean().nullish() })
  .transform(({ name, commit, ...row }): Branch => ({ name, commitId: commit.id, isProtected: row.protected ?? null }));

export const MergeRequestShape = z
  .object({
    iid: z.number().int(),
    title: z.string(),
    author: z.object({ username: z.string() }).nullish(),
    web_url: z.string(),
    state: z.string(),
    draft: z.boolean().nullish(),
    work_in_progress: z.boolean().nullish(),
    source_project_id: z.number().nullish(),
    target_project_id: z.number(),
    source_branch: z.string(),
    target_branch: z.string(),
    sha: z.string().nullable(),
  })
  .transform(
    (row): PullRequestFacts => ({
      number: row.iid,
      title: row.title,
      author: row.author?.username ?? null,
      url: row.web_url,
      isOpen: row.state === 'opened',
      isDraft: row.draft ?? row.work_in_progress ?? false,
      isFork: row.source_project_id !== row.target_project_id,
      baseBranch: row.target_branch,
      headBranch: row.source_branch,
      headCommitId: row.sha ?? '',
      headRef: `refs/merge-requests/${row.iid}/head`,
    }),
  );

export function dateOf(text: string | null | undefined): Date | null {
  const date = text ? new Date(text) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}
