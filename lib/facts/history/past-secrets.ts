import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { PastSecretFact, PastSecretsFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { type FactsCache, MAX_BATCH } from '../cache/facts-cache';
import { packJson, unpackJson } from '../packed-blob';
import { cutOverlongLines, decodeText, hasOverlongLine } from '../text/decode';
import { findSecrets, mayHoldSecrets } from '../text/secrets';
import type { GraphCommit } from './commit-graph';
import { type CommitCut, runsOf } from './commit-runs';
import type { PastText } from './past-texts';

export interface PastSecretsRequest {
  repository: GitRepository;
  cache: FactsCache;
  /** Newest first. */
  commits: readonly GraphCommit[];
  /** The same, as they are read: texts of those that were just read are at hand. */
  cuts: readonly CommitCut[];
  /** As in `CommitRecord`. */
  textBytesOf: (commitId: string) => number;
  /** The texts a commit brought. Asked for those commits only that the cache does not know. */
  textsOf: (commitIds: readonly string[]) => Promise<ReadonlyMap<string, readonly PastText[]>>;
  signal?: AbortSignal;
}

/** A secret that one commit brought. */
type Brought = Omit<PastSecretFact, 'commitId' | 'at'>;

/** The newest commits whose texts fit are read: the same ones whatever the cache knows. */
export const MAX_PAST_BYTES = 48 * 1024 ** 2;
const COMMITS_AT_ONCE = 500;
const MAX_SECRETS_PER_COMMIT = 200;
const MAX_SECRETS = 2_000;

/** What a run of commits brought, each at its place, 0 = newest. */
interface RunSecrets {
  secrets: [place: number, brought: Brought[]][];
}

/** Searches what commits brought for credentials. A run of commits is read once in its life. */
export async function collectPastSecrets(request: PastSecretsRequest): Promise<PastSecretsFact> {
  const { repository, cache, commits, textBytesOf } = request;
  const withTexts = commits.filter(({ id }) => textBytesOf(id) > 0);
  const chosen = newestThatFit(withTexts, textBytesOf);
  const times = new Map(chosen.map(({ id, committedAt }) => [id, committedAt]));
  const cuts = request.cuts.map((ids) => ids.filter((id) => times.has(id))).filter((ids) => ids.length > 0);
  const runs = runsOf(cuts, 'secrets', repository.scope);
  const first = new Map<string, PastSecretFact>();
  let unread = withTexts.length - chosen.length;
  const take = (id: string, brought: readonly Brought[]): void => {
    for (const secret of brought) {
      // Older commits come later: the last one that is set brought it first.
      if (first.size < MAX_SECRETS || first.has(secret.hash)) {
        first.set(secret.hash, { ...secret, commitId: id, at: times.get(id) ?? 0 });
      }
    }
  };
  for (let start = 0; start < runs.length; start += MAX_BATCH) {
    const batch = runs.slice(start, start + MAX_BATCH);
    const known = await cache.getCommits(batch.map(({ key }) => key));
    const searched = await searchCommits(
      request,
      batch.filter(({ key }) => !known.has(key)).flatMap(({ ids }) => ids),
    );
    const fresh = new Map<string, Uint8Array>();
    for (const { key, ids } of batch) {
      const data = known.get(key);
      if (data) {
        for (const [place, brought] of unpackJson<RunSecrets>(data).secrets) take(ids[place] ?? '', brought);
        continue;
      }
      const secrets: RunSecrets['secrets'] = [];
      let isWhole = true;
      ids.forEach((id, place) => {
        const found = searched.get(id);
        if (!found?.isWhole) {
          isWhole = false;
          unread += 1;
        }
        if (!found || found.secrets.length === 0) return;
        secrets.push([place, found.secrets]);
        take(id, found.secrets);
      });
      if (isWhole) fresh.set(key, packJson({ secrets } satisfies RunSecrets));
    }
    if (fresh.size > 0) await cache.putCommits(fresh);
  }
  return {
    secrets: [...first.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.hash, b.hash)),
    isWhole: unread === 0,
    commits: withTexts.length,
    readCommits: withTexts.length - unread,
  };
}

function newestThatFit(commits: readonly GraphCommit[], bytesOf: (id: string) => number): GraphCommit[] {
  let total = 0;
  const end = commits.findIndex(({ id }) => {
    total += bytesOf(id);
    return total > MAX_PAST_BYTES;
  });
  return end < 0 ? [...commits] : commits.slice(0, end);
}

interface Searched {
  secrets: Brought[];
  /** False when a blob was missing. */
  isWhole: boolean;
}

async function searchCommits(
  { repository, textsOf, signal }: PastSecretsRequest,
  commitIds: readonly string[],
): Promise<Map<string, Searched>> {
  const searched = new Map<string, Searched>();
  const seen = new Map<string, Brought[] | null>();
  for (let start = 0; start < commitIds.length; start += COMMITS_AT_ONCE) {
    const ids = commitIds.slice(start, start + COMMITS_AT_ONCE);
    const texts = await textsOf(ids);
    const wanted = new Map<string, PastText>();
    for (const text of [...texts.values()].flat()) if (!seen.has(keyOfText(text))) wanted.set(keyOfText(text), text);
    const order = [...wanted.values()];
    let place = 0;
    const blobIds = order.map(({ blobId }) => blobId);
    for await (const { bytes } of readBlobs(repository, blobIds, signal)) {
      const text = order[place++];
      if (text) seen.set(keyOfText(text), bytes && search(bytes, text));
    }
    for (const id of ids) {
      const brought = (texts.get(id) ?? []).map((text) => ({ text, found: seen.get(keyOfText(text)) ?? null }));
      searched.set(id, {
        secrets: brought
          .flatMap(({ text: { path }, found }) => (found ?? []).map((secret) => ({ ...secret, path })))
          .slice(0, MAX_SECRETS_PER_COMMIT),
        isWhole: texts.has(id) && brought.every(({ found }) => found !== null),
      });
    }
  }
  return searched;
}

function keyOfText({ blobId, mode }: PastText): string {
  return `${blobId} ${mode}`;
}

const NOTHING: Brought[] = [];

function search(bytes: Buffer, { mode, path }: PastText): Brought[] {
  if (!mayHoldSecrets(bytes.toString('latin1'), mode)) return NOTHING;
  const decoded = decodeText(bytes);
  if (!decoded) return NOTHING;
  const text = hasOverlongLine(decoded.text) ? cutOverlongLines(decoded.text) : decoded.text;
  return findSecrets(text, mode).map((secret) => ({ path, ...secret }));
}
