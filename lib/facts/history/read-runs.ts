import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import type { TreeEntry } from '@/lib/git/read-tree';
import type { FactsCache } from '../cache/facts-cache';
import { packJson, unpackJson } from '../packed-blob';
import type { CommitDetail, CommitRecord } from './commit-record';
import { type CommitCut, type CommitRun, runsOf } from './commit-runs';
import { measureBlobs } from './large-blobs';
import { findMoves } from './moves';
import type { RawCommit } from './parse-log';
import { bytesOfTexts, createPastTexts, type PastText } from './past-texts';
import { readCommits } from './read-commits';
import { createRunSummary, type RunSummary } from './run-summary';

export interface RunsRequest {
  repository: GitRepository;
  tree: readonly TreeEntry[];
  cache: FactsCache;
  signal?: AbortSignal;
}

/** What is kept of a run, and how it is made of its commits. */
interface Reading<Kept extends object> {
  detail: CommitDetail;
  start(run: CommitRun): { add(place: number, record: CommitRecord): void; finish(): Kept };
}

/** Of older commits: sums of a run, without its commits. */
export const BRIEF: Reading<RunSummary> = { detail: 'brief', start: createRunSummary };

/** Of runs that hold a commit of the window: each commit, newest first. */
export const FULL: Reading<{ records: CommitRecord[] }> = {
  detail: 'full',
  start: ({ ids }) => {
    const records: CommitRecord[] = new Array(ids.length);
    return {
      add: (place, record) => {
        records[place] = record;
      },
      finish: () => ({ records }),
    };
  },
};

/** Changed files and commits whose records are held at once. */
const BATCH_FILES = 100_000;
const BATCH_COMMITS = 2_000;
/** Kept runs that are held at once. */
const RUNS_AT_ONCE = 100;
/** Changed files of commits whose run is not whole yet. */
const MAX_OPEN_FILES = 2_000_000;
/** Changed files of a commit up to which it is asked for their blobs again. */
const MAX_BLOB_CHANGES = 100;

/**
 * Hands on what each run of commits says, from the cache where it is known. Texts of commits that were read now are given
 * to `hold` by commit, newest first.
 * Throws `repository_too_large` rather than hold what a worker cannot.
 *
 * @returns how many commits were read from Git.
 */
export async function readRuns<Kept extends object>(
  request: RunsRequest,
  cuts: readonly CommitCut[],
  reading: Reading<Kept>,
  take: (run: CommitRun, kept: Kept) => void,
  hold: (commitId: string, texts: readonly PastText[]) => void,
): Promise<number> {
  const { cache, repository } = request;
  const runs = runsOf(cuts, reading.detail, repository.scope);
  const unknown: CommitRun[] = [];
  for (let start = 0; start < runs.length; start += RUNS_AT_ONCE) {
    const batch = runs.slice(start, start + RUNS_AT_ONCE);
    const known = await cache.getCommits(batch.map(({ key }) => key));
    for (const run of batch) {
      const data = known.get(run.key);
      if (data) take(run, unpackJson<Kept>(data));
      else unknown.push(run);
    }
  }
  if (unknown.length > 0) await readUnknown(request, unknown, reading, take, hold);
  return unknown.reduce((sum, run) => sum + run.ids.length, 0);
}

async function readUnknown<Kept extends object>(
  { cache, repository, tree, signal }: RunsRequest,
  runs: readonly CommitRun[],
  reading: Reading<Kept>,
  take: (run: CommitRun, kept: Kept) => void,
  hold: (commitId: string, texts: readonly PastText[]) => void,
): Promise<void> {
  const sizes = new Map(tree.map(({ blobId, sizeBytes }) => [blobId, sizeBytes]));
  const places = placesOf(runs);
  const open = new Map<
    CommitRun,
    { left: number; files: number; isWhole: boolean; building: ReturnType<typeof reading.start> }
  >();
  let openFiles = 0;
  let fresh: RawCommit[] = [];
  let files = 0;

  async function flush(): Promise<void> {
    const uncounted = await measure(fresh);
    const packed = new Map<string, Uint8Array>();
    for (const commit of fresh) {
      const { run, place } = places.get(commit.id) ?? fail();
      let state = open.get(run);
      if (!state) {
        state = { left: run.ids.length, files: 0, isWhole: true, building: reading.start(run) };
        open.set(run, state);
      }
      state.building.add(place, commit.record);
      state.left -= 1;
      state.files += commit.record.files.length;
      openFiles += commit.record.files.length;
      if (openFiles > MAX_OPEN_FILES) throw new AppError('repository_too_large', 'commits change too many files');
      // Blobs that are missing now may be there the next time.
      if (commit.isUncounted || uncounted.has(commit.id)) state.isWhole = false;
      if (state.left > 0) continue;
      const kept = state.building.finish();
      open.delete(run);
      openFiles -= state.files;
      if (state.isWhole) packed.set(run.key, packJson(kept));
      take(run, kept);
    }
    if (packed.size > 0) await cache.putCommits(packed);
    fresh = [];
    files = 0;
  }

  /** Adds what only blobs tell; returns the commits that brought a text nobody could measure. */
  async function measure(commits: readonly RawCommit[]): Promise<Set<string>> {
    const texts = createPastTexts();
    const blobs = new Map<string, [path: string, record: CommitRecord][]>();
    for (const commit of commits) {
      texts.add(commit);
      commit.record.files.forEach(([, path], at) => {
        const after = commit.blobs[at]?.[1] ?? '';
        const known = blobs.get(after);
        if (known) known.push([path, commit.record]);
        else blobs.set(after, [[path, commit.record]]);
      });
    }
    await measureBlobs(repository, blobs, sizes, texts.measure, signal);
    const uncounted = new Set<string>();
    const brought = texts.finish();
    for (const { id, record } of commits) {
      const list = brought.get(id);
      if (!list) continue;
      record.textBytes = bytesOfTexts(list);
      if (list.some(({ sizeBytes }) => sizeBytes === 0)) uncounted.add(id);
      hold(id, list);
    }
    return uncounted;
  }

  const wanted = runs.flatMap((run) => run.ids);
  for await (const commit of readCommits(repository, wanted, reading.detail, signal)) {
    const { record, blobs } = commit;
    const moves = findMoves(record.files, blobs);
    if (moves.length > 0) record.moves = moves;
    if (reading.detail === 'full' && blobs.length <= MAX_BLOB_CHANGES) record.blobs = blobs;
    fresh.push(commit);
    files += record.files.length;
    if (fresh.length === BATCH_COMMITS || files > BATCH_FILES) await flush();
  }
  if (fresh.length > 0) await flush();
  if (open.size > 0) throw new AppError('repository_corrupt', 'git log left commits out');
}

function placesOf(runs: readonly CommitRun[]): Map<string, { run: CommitRun; place: number }> {
  return new Map(runs.flatMap((run) => run.ids.map((id, place) => [id, { run, place }])));
}

function fail(): never {
  throw new AppError('repository_corrupt', 'git log told of a commit nobody asked for');
}
