import type { FactsCache } from './facts-cache';

/** Keeps everything for the life of the process. */
export function createMemoryCache(): FactsCache {
  const blobs: Store = new Map();
  const commits: Store = new Map();
  return {
    hasBlobs: async (keys) => new Set(keys.filter((key) => blobs.has(key))),
    getBlobs: async (keys) => read(blobs, keys),
    putBlobs: async (entries) => write(blobs, entries),
    getCommits: async (keys) => read(commits, keys),
    putCommits: async (entries) => write(commits, entries),
  };
}

/** Values are kept as text: what a reader changes does not reach the next reader. */
type Store = Map<string, string>;

function read<Value>(store: Store, keys: readonly string[]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const key of keys) {
    const text = store.get(key);
    if (text !== undefined) found.set(key, JSON.parse(text) as Value);
  }
  return found;
}

function write(store: Store, entries: ReadonlyMap<string, unknown>): void {
  for (const [key, value] of entries) store.set(key, JSON.stringify(value));
}
