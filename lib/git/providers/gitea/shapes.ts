import * as z from 'zod';
import { dateOf } from '../date-of';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

const KIBIBYTE = 1024;

export const RepositoryShape = z
  .object({
    id: z.number().int(),
    full_name: z.string(),
    clone_url: z.string(),
    html_url: z.string(),
    default_branch: z.string().nullish(),
    empty: z.boolean().default(false),
    private: z.boolean(),
    archived: z.boolean().default(false),
    fork: z.boolean().default(false),
    /** In KiB. */
    size: z.number().nullish(),
    updated_at: z.string().nullish(),
    permissions: z.object({ admin: z.boolean().optional() }).nullish(),
  })
  .transform(
    (row): ProviderRepository => ({
      id: String(row.id),
      path: row.full_name,
      cloneUrl: row.clone_url,
      webUrl: row.html_url,
      defaultBranch: row.empty ? null : row.default_branch || null,
      isPrivate: row.private,
      isArchived: row.archived,
      isFork: row.fork,
      sizeBytes: typeof row.size === 'number' ? row.size * KIBIBYTE : null,
      canAdminister: row.permissions?.admin ?? null,
      pushedAt: dateOf(row.updated_at),
    }),
  );

export const BranchShape = z
  .object({ name: z.string(), commit: z.object({ id: z.string() }), protected: z.boolean().nullish() })
  .transform(({ name, commit, ...row }): Branch => ({ name, commitId: commit.id, isProtected: row.protected ?? null }));

const Side = z.object({ ref: z.string(), sha: z.string(), repo_id: z.number().nullish() });

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
      isFork: row.head.repo_id !== row.base.repo_id,
      baseBranch: row.base.ref,
      headBranch: row.head.ref,
      headCommitId: row.head.sha,
      headRef: `refs/pull/${row.number}/head`,
    }),
  );
