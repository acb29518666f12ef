/**
 * What was read before. Entries never change and hold no tenant's name: a key says all that went into a value
 * (`blobKey`, `CommitRun`), so an entry may be dropped or written twice without harm. A cache may forget; it must not
 * return what it was not given. Callers ask for at most `MAX_BATCH` keys at once.
 */
export interface FactsCache {
  /** Which of the keys are there; cheaper than reading them. */
  hasBlobs(keys: readonly string[]): Promise<Set<string>>;
  /** Facts of blobs are handed on as they were packed; see `packBlob`. */
  getBlobs(keys: readonly string[]): Promise<Map<string, Uint8Array>>;
  putBlobs(entries: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** Facts of runs of commits, as `packJson` made them. */
  getCommits(keys: readonly string[]): Promise<Map<string, Uint8Array>>;
  putCommits(entries: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

export const MAX_BATCH = 2_000;
