import { groupOf } from '@/k8s/cluster/cluster-object';
import type { Kind } from './kinds';

interface Answer {
  body: unknown;
  headers: Record<string, string>;
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/**
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api: aggregated for those who ask for it,
 * else a list of groups and a list of resources for each version.
 */
export function discoveryAnswer(path: string, accept: string, kinds: readonly Kind[]): Answer | null {
  const isAggregated = accept.includes('g=apidiscovery.k8s.io') && accept.includes('v=v2;');
  const groups = [...new Set(kinds.map(({ apiVersion }) => groupOf(apiVersion)))];
  const versionsOf = (group: string): string[] => [
    ...new Set(kinds.filter(({ apiVersion }) => groupOf(apiVersion) === group).map(({ apiVersion }) => apiVersion)),
  ];
  const plain = (body: unknown): Answer => ({ body, headers: {} });
  switch (path) {
    case '/version':
      return plain({ major: '1', minor: '36', gitVersion: 'v1.36.3', platform: 'linux/amd64' });
    case '/api':
      if (isAggregated) return aggregated([''], versionsOf, kinds);
      return plain({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
    case '/apis': {
      const named = groups.filter(Boolean);
      if (isAggregated) return aggregated(named, versionsOf, kinds);
      return plain({
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: named.map((group) => groupEntry(group, versionsOf(group))),
      });
    }
  }
  const apiVersion = /^\/api\/(v1)$|^\/apis\/([^/]+\/[^/]+)$/.exec(path);
  const wanted = apiVersion?.[1] ?? apiVersion?.[2];
  const known = kinds.filter((each) => each.apiVersion === wanted);
  if (known.length === 0) return null;
  return plain({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: wanted,
    resources: known.flatMap(resourceEntries),
  });
}

function groupEntry(name: string, versions: readonly string[]) {
  const entries = versions.map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

function resourceEntries({ plural, kind, isNamespaced, subresources }: Kind) {
  const own = { name: plural, singularName: kind.toLowerCase(), namespaced: isNamespaced, kind, verbs: VERBS };
  return [
    own,
    ...subresources.map((name) => ({
      ...own,
      name: `${plural}/${name}`,
      kind: name === 'scale' ? 'Scale' : kind,
      verbs: ['get', 'patch', 'update'],
      ...(name === 'scale' && { group: 'autoscaling', version: 'v1' }),
    })),
  ];
}

function aggregated(
  groups: readonly string[],
  versionsOf: (group: string) => string[],
  kinds: readonly Kind[],
): Answer {
  const items = groups.map((group) => ({
    metadata: { name: group, creationTimestamp: null },
    versions: versionsOf(group).map((apiVersion) => ({
      version: apiVersion.split('/').at(-1),
      freshness: 'Current',
      resources: kinds
        .filter((each) => each.apiVersion === apiVersion)
        .map(({ plural, kind, isNamespaced, subresources }) => ({
          resource: plural,
          responseKind: { group, version: apiVersion.split('/').at(-1), kind },
          scope: isNamespaced ? 'Namespaced' : 'Cluster',
          singularResource: kind.toLowerCase(),
          verbs: VERBS,
          subresources: subresources.map((name) => ({ subresource: name, verbs: ['get', 'patch', 'update'] })),
        })),
    })),
  }));
  return {
    body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items },
    headers: { 'content-type': AGGREGATED },
  };
}
