import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { PastSecretFact, PastSecretsFact } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import { type FactsCache, MAX_BATCH } from '../cache/facts-cache';
import { packJson, unpackJson } from '../packed-blob';
import { decodeText, hasOverlongLine } from '../text/decode';
import { findSecrets, mayHoldSecrets } from '../text/secrets';
import type { GraphCommit } from './commit-graph';
import { commitKey } from './commit-record';
import type { PastText } from './past-texts';

export interface PastSecretsRequest {
  repository: GitRepository;
  cache: FactsCache;
  /** Newest first. */
  commits: readonly GraphCommit[];
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

/** Searches what commits brought for credentials. Each commit is read once in its life; see `commitKey`. */
export async function collectPastSecrets(request: PastSecretsRequest): Promise<PastSecretsFact> {
  const { repository, cache, commits, textBytesOf } = request;
  const withTexts = commits.filter(({ id }) => textBytesOf(id) > 0);
  const chosen = newestThatFit(withTexts, textBytesOf);
  const first = new Map<string, PastSecretFact>();
  let unread = withTexts.length - chosen.length;
  for (let start = 0; start < chosen.length; start += MAX_BATCH) {
    const batch = chosen.slice(start, start + MAX_BATCH);
    const keyOf = ({ id }: GraphCommit) => commitKey(id, 'secrets', repository.scope);
    const known = await cache.getBlobs(batch.map(keyOf));
    const fresh = await searchCommits(
      request,
      batch.filter((commit) => !known.has(keyOf(commit))),
    );
    const kept = batch.flatMap((commit): [string, Uint8Array][] => {
      const found = fresh.get(commit.id);
      return found?.isWhole ? [[keyOf(commit), packJson({ secrets: found.secrets })]] : [];
    });
    if (kept.length > 0) await cache.putBlobs(new Map(kept));
    for (const commit of batch) {
      const data = known.get(keyOf(commit));
      const found = data ? { ...unpackJson<{ secrets: Brought[] }>(data), isWhole: true } : fresh.get(commit.id);
      if (!found?.isWhole) unread += 1;
      // Older commits come later: the last one that is set brought it first.
      for (const secret of found?.secrets ?? []) {
        if (first.size < MAX_SECRETS || first.has(secret.hash)) {
          first.set(secret.hash, { ...secret, commitId: commit.id, at: commit.committedAt });
        }
      }
    }
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
  commits: readonly GraphCommit[],
): Promise<Map<string, Searched>> {
  const searched = new Map<string, Searched>();
  const seen = new Map<string, Brought[] | null>();
  for (let start = 0; start < commits.length; start += COMMITS_AT_ONCE) {
    const ids = commits.slice(start, start + COMMITS_AT_ONCE).map(({ id }) => id);
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
  if (!decoded || hasOverlongLine(decoded.text)) return NOTHING;
  return findSecrets(decoded.text, mode).map((secret) => ({ path, ...secret }));
}
