import { join } from 'node:path';
import { EXTRACTOR_VERSION } from '../blob-facts';
import type { FactsCache } from './facts-cache';
import { openPackStore } from './pack-store';

/** Keeps facts in a directory between runs; several runs may use it at the same time. */
export async function openDirectoryCache(directory: string): Promise<FactsCache> {
  const root = join(directory, `v${EXTRACTOR_VERSION}`);
  const [blobs, commits] = await Promise.all([
    openPackStore(join(root, 'blob-packs')),
    openPackStore(join(root, 'commit-packs')),
  ]);
  return {
    hasBlobs: async (keys) => new Set(keys.filter((key) => blobs.has(key))),
    getBlobs: (keys) => blobs.get(keys),
    putBlobs: (entries) => blobs.put(entries),
    getCommits: (keys) => commits.get(keys),
    putCommits: (entries) => commits.put(entries),
  };
}
