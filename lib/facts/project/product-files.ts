import { classifyPath } from '@/lib/magics/classify-path';
import { directoryOf, joinPath } from './project-text';

/** Manifests and lock files of examples, tests and fixtures are no part of what is shipped. */
export function isOfProduct(path: string): boolean {
  const role = classifyPath(joinPath(directoryOf(path), 'index.ts'));
  return role === 'production' || role === 'configuration';
}
