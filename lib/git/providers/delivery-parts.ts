import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cleanText } from '@/lib/clean-text';
import { AppError } from '@/lib/errors';
import type { DeliveredChange, DeliveryRequest, PullRequestFacts } from './provider';

type RepositoryChange = Extract<DeliveredChange, { kind: 'repository' }>;

/** Files of one delivery that are kept. */
const MAX_FILES = 500;
const MAX_PATH = 1_000;
const ZEROS = /^0+$/;

/** A name of a host: no line of a terminal and no row of a table breaks by it. */
export const Name = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^[^\p{Cc}]+$/u);
/** What people write; the rest of an endless one is left out. */
export const Words = z.string().transform((text) => cleanText(text).slice(0, 500));
/** Names of things at the host: numbers with some, texts with others. */
export const Id = z.union([z.int().transform(String), Name.max(100)]);
/** A commit; null where the host writes zeros, or nothing. */
export const CommitOrNone = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i)
  .nullish()
  .transform((id) => (id && !ZEROS.test(id) ? id.toLowerCase() : null));
export const Commit = CommitOrNone.refine((id): id is string => id !== null);
/** An address that a page may lead to; empty when it is none. */
export const WebUrl = z
  .unknown()
  .optional()
  .transform((url) => (typeof url === 'string' && url.length <= 2_000 && /^https?:\/\/[^\s]+$/i.test(url) ? url : ''));

const ChangedFiles = z.array(z.string()).nullish();
/** Commits of a push, as GitHub, GitLab and Gitea list them. */
export const PushedCommits = z
  .array(z.object({ added: ChangedFiles, modified: ChangedFiles, removed: ChangedFiles }))
  .nullish()
  .transform((commits) =>
    filesOf(
      (commits ?? []).flatMap(({ added, modified, removed }) => [added, modified, removed].flatMap((f) => f ?? [])),
    ),
  );

export function filesOf(paths: readonly string[]): string[] {
  const files = new Set<string>();
  for (const path of paths) {
    if (files.size >= MAX_FILES) break;
    if (path.length > 0 && path.length <= MAX_PATH) files.add(cleanText(path));
  }
  return [...files];
}

/** The body as JSON; one that a form carries stands in its field `payload`. Throws `invalid_request`. */
export function readBodyJson({ headers, body }: DeliveryRequest): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded');
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
  } catch (cause) {
    throw new AppError('invalid_request', 'the body of the delivery is no JSON', { cause });
  }
}

/** What an event holds, as its host documents it. Throws `invalid_request`, which names the fields. */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'body'))].slice(0, 5);
  throw new AppError('invalid_request', `the delivery is not as its host documents it: ${fields.join(', ')}`);
}

/** The name a host gave the delivery; of one that has none, the hash of its body. */
export function deliveryIdOf(given: string | undefined, body: Uint8Array): string {
  const name = given?.trim().replace(/^\{|\}$/g, '');
  return name && /^[\w.:-]{1,200}$/.test(name) ? name : createHash('sha256').update(body).digest('hex');
}

/** What a changed ref means; null for refs that are neither branches nor tags. */
export function refChange(
  ref: string,
  { before, after }: { before: string | null; after: string | null },
  more: { isForced?: boolean; files?: string[]; commitMessage?: string | null } = {},
): DeliveredChange | null {
  if (ref.startsWith('refs/tags/')) return { kind: 'tag', name: ref.slice('refs/tags/'.length), after };
  if (!ref.startsWith('refs/heads/')) return null;
  const branch = ref.slice('refs/heads/'.length);
  const { isForced = false, files = [], commitMessage = null } = more;
  return { kind: 'push', branch, before, after, isForced, files, commitMessage };
}

export function repositoryChange(
  change: RepositoryChange['change'],
  more: Partial<Omit<RepositoryChange, 'kind' | 'change'>> = {},
): RepositoryChange {
  const none = { path: null, formerPath: null, defaultBranch: null, formerDefaultBranch: null };
  return { kind: 'repository', change, ...none, ...more };
}

export function pullRequestChange(pullRequest: PullRequestFacts, isHeadChanged: boolean): DeliveredChange {
  return { kind: 'pull_request', pullRequest, isHeadChanged };
}

/** At least one: a delivery that means nothing to us is told as such. */
export function orOther(changes: readonly (DeliveredChange | null)[]): DeliveredChange[] {
  const known = changes.filter((change) => change !== null);
  return known.length > 0 ? known : [{ kind: 'other' }];
}
