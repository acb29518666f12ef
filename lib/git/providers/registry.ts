import { AppError } from '@/lib/errors';
import type { RepositoryUrl } from '../repository-url';
import { azureDevops } from './azure-devops';
import { bitbucketCloud } from './bitbucket-cloud';
import { bitbucketDataCenter } from './bitbucket-data-center';
import { gitea } from './gitea';
import { github } from './github';
import { gitlab } from './gitlab';
import type { ProviderApi, ProviderId } from './provider';

const PROVIDERS: Readonly<Record<ProviderId, ProviderApi>> = {
  github,
  gitlab,
  bitbucket_cloud: bitbucketCloud,
  bitbucket_data_center: bitbucketDataCenter,
  azure_devops: azureDevops,
  gitea,
};

/** Throws `unprocessable` for a host that this release does not speak to. */
export function providerOf(id: ProviderId | string): ProviderApi {
  const provider = findApi(id);
  if (!provider) throw new AppError('unprocessable', `the Git host ${id} is not known`);
  return provider;
}

/** Where accounts of a team are. */
export interface KnownHost {
  provider: string;
  baseUrl: string;
}

export interface FoundProvider<Host extends KnownHost> {
  provider: ProviderApi;
  baseUrl: string;
  /** Of the repository at its host. */
  path: string;
  /** Of those given, the ones at this very host. */
  connections: Host[];
}

/** To which host an address belongs: one where the team has a connection, or a public one. Null: Git alone is spoken. */
export function findProvider<Host extends KnownHost>(
  url: RepositoryUrl,
  connections: readonly Host[],
): FoundProvider<Host> | null {
  const publicHosts = Object.values(PROVIDERS).flatMap(({ id, publicUrl }) =>
    publicUrl === null ? [] : [{ provider: id, baseUrl: publicUrl }],
  );
  for (const { provider: id, baseUrl } of [...connections, ...publicHosts]) {
    const provider = findApi(id);
    // The name of an organisation below such a host belongs to the path of its repositories.
    const base = provider?.hasHost ? new URL(baseUrl).origin : baseUrl;
    const isOtherName = base === provider?.publicUrl && url.host !== null && provider.hasHost?.(url.host) === true;
    const below = isOtherName ? url.path : pathBelow(url, base);
    const path = below === null ? null : provider?.repositoryPath({ path: below, host: url.host });
    if (!provider || !path) continue;
    const same = connections.filter((one) => one.provider === id && one.baseUrl === baseUrl);
    return { provider, baseUrl, path, connections: same };
  }
  return null;
}

/** Path of the repository below the host's web pages; null when it lies elsewhere. Over ssh the port says nothing. */
function pathBelow({ kind, host, port, path }: RepositoryUrl, baseUrl: string): string | null {
  const base = new URL(baseUrl);
  const bareHost = base.hostname.replace(/^\[|\]$/g, '');
  if (host === null || host !== bareHost) return null;
  if (kind !== 'ssh' && (`${kind}:` !== base.protocol || (port === null ? '' : String(port)) !== base.port))
    return null;
  const prefix = base.pathname.replace(/^\/|\/$/g, '');
  if (prefix === '' || kind === 'ssh') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : null;
}

function findApi(id: string): ProviderApi | undefined {
  return Object.entries(PROVIDERS).find(([known]) => known === id)?.[1];
}
