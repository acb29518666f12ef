import * as z from 'zod';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

const KIBIBYTE = 1024;

const Repository = z.object({
  id: z.number().int(),
  full_name: z.string(),
  clone_url: z.string(),
  html_url: z.string(),
  default_branch: z.string().nullish(),
  private: z.boolean(),
  archived: z.boolean().default(false),
  fork: z.boolean().default(false),
  /** In KiB; 0 for a while after a first push. */
  size: z.number().nullish(),
  pushed_at: z.string().nullish(),
  owner: z.object({ login: z.string(), type: z.string().nullish() }).nullish(),
  permissions: z.object({ admin: z.boolean().optional() }).nullish(),
});

export type ListedRepository = ProviderRepository & { owner: { login: string; isOrganisation: boolean } | null };

export const RepositoryShape = Repository.transform(
  (row): ListedRepository => ({
    id: String(row.id),
    path: row.full_name,
    cloneUrl: row.clone_url,
    webUrl: row.html_url,
    // GitHub names a default branch for an empty repository too.
    defaultBranch: row.pushed_at ? (row.default_branch ?? null) : null,
    isPrivate: row.private,
    isArchived: row.archived,
    isFork: row.fork,
    sizeBytes: typeof row.size === 'number' ? row.size * KIBIBYTE : null,
    canAdminister: row.permissions?.admin ?? null,
    pushedAt: dateOf(row.pushed_at),
    owner: row.owner ? { login: row.owner.login, isOrganisation: row.owner.type === 'Organization' } : null,
  }),
);

export const BranchShape = z
  .object({ name: z.string(), commit: z.object({ sha: z.string() }), protected: z.boolean().nullish() })
  .transform(
    ({ name, commit, ...row }): Branch => ({ name, commitId: commit.sha, isProtected: row.protected ?? null }),
  );

const Side = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ id: z.number(), fork: z.boolean().nullish() }).nullish(),
});

export const PullRequestShape = z
  .object({
    number: z.number().int(),
    title: z.string(),
    user: z.object({ login: z.string() }).nullish(),
    html_url: z.string(),
    state: z.string(),
    draft: z.boolean().nullish(),
    base: Side,
    head: Side,
  })
  .transform(
    (row): PullRequestFacts => ({
      number: row.number,
      title: row.title,
      author: row.user?.login ?? null,
      url: row.html_url,
      isOpen: row.state === 'open',
      isDraft: row.draft ?? false,
      // A fork that was deleted has no repository any more.
      isFork: row.head.repo?.id !== row.base.repo?.id,
      baseBranch: row.base.ref,
      headBranch: row.head.ref,
      headCommitId: row.head.sha,
      headRef: `refs/pull/${row.number}/head`,
    }),
  );

export function dateOf(text: string | null | undefined): Date | null {
  const date = text ? new Date(text) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}
