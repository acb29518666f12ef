import type { LanguageId } from '@/lib/magics/facts/code';
import type { ManifestFact } from '@/lib/magics/facts/project';
import type { ProjectText } from '../../project/project-text';

export interface IndexedFile {
  path: string;
  language: LanguageId | null;
  declaredPackage: string | null;
}

export interface ResolveInput {
  files: readonly IndexedFile[];
  manifests: readonly ManifestFact[];
  projectTexts: readonly ProjectText[];
}

/** Path of the imported file, null when it is outside or unknown. */
export type Resolver = (from: string, specifier: string) => string | null;

export type HasFile = (path: string) => boolean;

/** Joins and folds `.` and `..`; null when the path leaves the tree. */
export function resolvePath(directory: string, relative: string): string | null {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

export function firstFile(hasFile: HasFile, candidates: readonly (string | null)[]): string | null {
  for (const candidate of candidates) if (candidate !== null && hasFile(candidate)) return candidate;
  return null;
}
