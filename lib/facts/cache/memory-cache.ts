import type { FactsCache } from './facts-cache';

/** Keeps everything for the life of the process. */
export function createMemoryCache(): FactsCache {
  const blobs = new Map<string, Uint8Array>();
  const commits = new Map<string, Uint8Array>();
  return {
    hasBlobs: async (keys) => new Set(keys.filter((key) => blobs.has(key))),
    getBlobs: async (keys) => read(blobs, keys),
    putBlobs: async (entries) => write(blobs, entries),
    getCommits: async (keys) => read(commits, keys),
    putCommits: async (entries) => write(commits, entries),
  };
}

/** Keeps nothing: for one audit, which holds what it reads. */
export function createNoCache(): FactsCache {
  return {
    hasBlobs: async () => new Set(),
    getBlobs: async () => new Map(),
    putBlobs: async () => {},
    getCommits: async () => new Map(),
    putCommits: async () => {},
  };
}

function read<Value>(store: ReadonlyMap<string, Value>, keys: readonly string[]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const key of keys) {
    const value = store.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

function write<Value>(store: Map<string, Value>, entries: ReadonlyMap<string, Value>): void {
  for (const [key, value] of entries) store.set(key, value);
}
