import * as z from 'zod';
import { dateOf } from '../date-of';
import type { Branch, ProviderRepository, PullRequestFacts } from '../provider';

const Link = z.object({ href: z.string() });

export const RepositoryShape = z
  .object({
    uuid: z.string(),
    full_name: z.string(),
    is_private: z.boolean(),
    mainbranch: z.object({ name: z.string() }).nullish(),
    parent: z.unknown().optional(),
    /** In bytes. */
    size: z.number().nullish(),
    updated_on: z.string().nullish(),
    links: z.object({ html: Link, clone: z.array(Link.extend({ name: z.string() })) }),
  })
  .transform(
    (row): ProviderRepository => ({
      id: row.uuid,
      path: row.full_name,
      cloneUrl: withoutUser(row.links.clone.find(({ name }) => name === 'https')?.href ?? ''),
      webUrl: row.links.html.href,
      defaultBranch: row.mainbranch?.name ?? null,
      isPrivate: row.is_private,
      // Bitbucket Cloud archives nothing.
      isArchived: false,
      isFork: Boolean(row.parent),
      sizeBytes: row.size ?? null,
      canAdminister: null,
      pushedAt: dateOf(row.updated_on),
    }),
  );

export const BranchShape = z
  .object({ name: z.string(), target: z.object({ hash: z.string() }) })
  .transform(({ name, target }): Branch => ({ name, commitId: target.hash, isProtected: null }));

const Side = z.object({
  branch: z.object({ name: z.string() }),
  commit: z.object({ hash: z.string() }).nullish(),
  repository: z.object({ uuid: z.string(), full_name: z.string() }).nullish(),
});

export interface ListedPullRequest extends PullRequestFacts {
  /** Where its commits lie; null when that was deleted. */
  headRepository: string | null;
}

export const PullRequestShape = z
  .object({
    id: z.number().int(),
    title: z.string(),
    state: z.string(),
    draft: z.boolean().nullish(),
    author: z.object({ nickname: z.string().nullish(), display_name: z.string().nullish() }).nullish(),
    links: z.object({ html: Link }),
    source: Side,
    destination: Side,
  })
  .transform(
    (row): ListedPullRequest => ({
      number: row.id,
      title: row.title,
      author: row.author?.nickname ?? row.author?.display_name ?? null,
      url: row.links.html.href,
      isOpen: row.state === 'OPEN',
      isDraft: row.draft ?? false,
      isFork: row.source.repository?.uuid !== row.destination.repository?.uuid,
      baseBranch: row.destination.branch.name,
      headBranch: row.source.branch.name,
      // Twelve characters of it.
      headCommitId: row.source.commit?.hash ?? '',
      headRef: null,
      headRepository: row.source.repository?.full_name ?? null,
    }),
  );

/** The host writes the name of whoever asks into the address. */
function withoutUser(href: string): string {
  if (!URL.canParse(href)) return href;
  const url = new URL(href);
  url.username = '';
  url.password = '';
  return url.href;
}
