import type { ProviderApi } from '@/lib/git/providers/provider';
import type { ContractSetup } from './cases';
import { contractClient } from './client';

/**
 * A real host, where `CONTRACT_<PROVIDER>_TOKEN` and `_REPOSITORY` name one (and `_URL`, where it is not the public one, and
 * `_USERNAME`, where it wants one): a repository with an open pull request that may be written to. Null when they do not.
 */
export function realHost(provider: ProviderApi): (() => Promise<ContractSetup>) | null {
  const given = (name: string) => process.env[`CONTRACT_${provider.id.toUpperCase()}_${name}`];
  const [token, path, username] = ['TOKEN', 'REPOSITORY', 'USERNAME'].map(given);
  const baseUrl = given('URL') ?? provider.publicUrl;
  if (!baseUrl || !token || !path) return null;
  return async () => {
    const client = contractClient(baseUrl, { kind: 'token', token, ...(username && { username }) }, { isFake: false });
    const { items } = await provider.repositories.listOpenPullRequests(client, path, {});
    const [pullRequest] = items;
    if (!pullRequest) throw new Error(`${path} has no open pull request`);
    const { items: branches } = await provider.repositories.listBranches(client, path, {});
    const base = branches.find(({ name }) => name === pullRequest.baseBranch)?.commitId ?? '';
    return {
      client,
      path,
      owner: path.split('/').slice(0, -1).join('/'),
      pullRequest: pullRequest.number,
      range: { base, head: pullRequest.headCommitId },
      held: null,
      [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
    };
  };
}
