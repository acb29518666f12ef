import * as z from 'zod';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

const Link = z.object({ href: z.string() });

export const RepositoryShape = z
  .object({
    id: z.number().int(),
    slug: z.string(),
    project: z.object({ key: z.string() }),
    public: z.boolean().default(false),
    archived: z.boolean().default(false),
    origin: z.unknown().optional(),
    links: z.object({ self: z.array(Link).nullish(), clone: z.array(Link.extend({ name: z.string() })).default([]) }),
  })
  .transform(
    (row): ProviderRepository => ({
      id: String(row.id),
      path: `${row.project.key}/${row.slug}`,
      cloneUrl: (row.links.clone.find(({ name }) => name === 'http') ?? row.links.clone[0])?.href ?? '',
      webUrl: row.links.self?.[0]?.href ?? '',
      defaultBranch: null,
      isPrivate: !row.public,
      isArchived: row.archived,
      isFork: Boolean(row.origin),
      sizeBytes: null,
      canAdminister: null,
      pushedAt: null,
    }),
  );

export const BranchShape = z
  .object({ displayId: z.string(), latestCommit: z.string() })
  .transform(({ displayId, latestCommit }): Branch => ({ name: displayId, commitId: latestCommit, isProtected: null }));

const Side = z.object({
  displayId: z.string(),
  latestCommit: z.string().default(''),
  repository: z.object({ id: z.number() }).nullish(),
});

export const PullRequestShape = z
  .object({
    id: z.number().int(),
    title: z.string(),
    open: z.boolean(),
    draft: z.boolean().nullish(),
    author: z.object({ user: z.object({ name: z.string() }) }).nullish(),
    fromRef: Side,
    toRef: Side,
    links: z.object({ self: z.array(Link).nullish() }).nullish(),
  })
  .transform(
    (row): PullRequestFacts => ({
      number: row.id,
      title: row.title,
      author: row.author?.user.name ?? null,
      url: row.links?.self?.[0]?.href ?? '',
      isOpen: row.open,
      isDraft: row.draft ?? false,
      isFork: row.fromRef.repository?.id !== row.toRef.repository?.id,
      baseBranch: row.toRef.displayId,
      headBranch: row.fromRef.displayId,
      headCommitId: row.fromRef.latestCommit,
      headRef: `refs/pull-requests/${row.id}/from`,
    }),
  );
