import type { ManifestFact } from '@/lib/magics/facts/project';

/** What a manifest says by itself; lock files and version files are looked for afterwards. */
export type ManifestDraft = Omit<
  ManifestFact,
  'path' | 'lockFile' | 'missingFromLock' | 'shipped' | 'peers' | 'hasDeepImports'
> & {
  shipped?: string[];
  peers?: string[];
  /** As `isLibrary` by default. */
  hasDeepImports?: boolean;
  /** Dependencies a lock file need not name: local paths, workspace members. */
  local?: readonly string[];
  /** Every version in the manifest is exact, so it is its own lock file. */
  isSelfLocked?: boolean;
};

export interface ManifestContext {
  /** Does the tree hold this path? */
  hasPath: (path: string) => boolean;
  directory: string;
}

export type ManifestReader = (text: string, context: ManifestContext) => ManifestDraft | null;

export function sortedUnique(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}
