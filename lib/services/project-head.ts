import { type RemoteHead, remoteHead } from '@/lib/git/remote-head';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import { addressRules } from './address-rules';
import { type RepositorySource, withAccess } from './repository-access';

interface ReadOptions {
  signal: AbortSignal;
  /** Milliseconds that Git may take; by default as long as any look at a remote repository. */
  timeoutMs?: number;
}

/** Where the branches of a project's repository stand, asked for with the project's own access. */
export function readProjectHead(project: RepositorySource, { signal, timeoutMs }: ReadOptions): Promise<RemoteHead> {
  const rules = addressRules();
  const url = parseRepositoryUrl(project.repositoryUrl, rules);
  const options = { signal, ...(timeoutMs !== undefined && { timeoutMs }) };
  return withAccess(project, url, signal, (access) => remoteHead({ url, rules, ...access }, options));
}
