import { classifyPath } from '@/lib/magics/classify-path';
import { joinPath, parentPath } from './project-text';

/** Manifests and lock files of examples, tests and fixtures are no part of what is shipped. */
export function isOfProduct(path: string): boolean {
  const role = classifyPath(joinPath(parentPath(path), 'index.ts'));
  return role === 'production' || role === 'configuration';
}
