import { isAbsolute } from 'node:path';

/** The address of a repository as others may read it; null for a path of the server, which is nobody else's business. */
export function publicUrlOf(repositoryUrl: string): string | null {
  return isAbsolute(repositoryUrl) ? null : repositoryUrl;
}
