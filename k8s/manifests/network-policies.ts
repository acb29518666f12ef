import type { Manifest } from './manifest';
import { type Component, metadataOf, nameOf, selectorOf } from './names';
import { componentsOf, type Flow, flowsOf, NOT_INTERNET, type Peer } from './network-flows';
import type { Site } from './site';

interface NetworkPolicy extends Manifest {
  spec: {
    podSelector: { matchLabels?: Record<string, string> };
    policyTypes: string[];
    ingress?: { from: PolicyPeer[]; ports: Flow['ports'] }[];
    egress?: { to: PolicyPeer[]; ports: Flow['ports'] }[];
  };
}

interface PolicyPeer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
  ipBlock?: { cidr: string; except?: readonly string[] };
}

/** Everything is closed, then each part gets the ways that lead to it and from it. */
export function networkPolicies(site: Site): NetworkPolicy[] {
  const flows = flowsOf(site);
  return [denyAll(site), ...componentsOf(site).map((component) => policyOf(site, component, flows))];
}

function denyAll({ configuration }: Site): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(configuration, nameOf(configuration, 'deny-all')),
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

function policyOf(site: Site, component: Component, flows: readonly Flow[]): NetworkPolicy {
  const { configuration } = site;
  const isSelf = (peer: Peer) => 'component' in peer && peer.component === component;
  const ingress = flows.filter(({ to }) => isSelf(to)).map(({ from, ports }) => ({ from: peersOf(site, from), ports }));
  const egress = flows.filter(({ from }) => isSelf(from)).map(({ to, ports }) => ({ to: peersOf(site, to), ports }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(configuration, nameOf(configuration, component), component),
    spec: {
      podSelector: { matchLabels: podLabelsOf(site, component) },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  };
}

/** Labels of the pods of a part; those that an operator makes have its own. */
export function podLabelsOf({ configuration, redis, postgres }: Site, component: Component): Record<string, string> {
  const name = nameOf(configuration, component);
  if (component === 'postgres' && postgres.kind === 'cloudnativepg') return { 'cnpg.io/cluster': name };
  if ((component === 'redis' && redis.kind === 'operator') || component === 'sentinel') return { app: name };
  return selectorOf(configuration, component);
}

function peersOf(site: Site, peer: Peer): PolicyPeer[] {
  if ('component' in peer) return [{ podSelector: { matchLabels: podLabelsOf(site, peer.component) } }];
  if ('networks' in peer) {
    return peer.networks.map((cidr) => {
      const except = NOT_INTERNET[cidr];
      return { ipBlock: { cidr, ...(except && { except }) } };
    });
  }
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } };
  return [{ namespaceSelector, ...(peer.pods && { podSelector: { matchLabels: peer.pods } }) }];
}
