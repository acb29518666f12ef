import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { metadataOf, nameOf, WEB_PORT } from './names';
import type { Site } from './site';

/** The way in from outside. Pages come from the same process as the API, so there is nothing else to run. */
export function ui(site: Site): PlannedObject[] {
  if (site.expose === 'none') return [];
  return [planned(site.expose === 'gateway' ? httpRoute(site) : ingress(site), 'present', 'ingress')];
}

function httpRoute({ configuration }: Site): Manifest & { spec: object } {
  const { gateway, host } = configuration.network;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(configuration, nameOf(configuration, 'web'), 'web'),
    spec: {
      parentRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace },
      ],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name: nameOf(configuration, 'web'), port: WEB_PORT }],
        },
      ],
    },
  };
}

function ingress({ configuration }: Site): Manifest & { spec: object } {
  const { host, ingressClass, tlsSecret } = configuration.network;
  const name = nameOf(configuration, 'web');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadataOf(configuration, name, 'web'),
      annotations: {
        // Coverage reports have up to 16 MiB; sockets stay open while an audit is followed.
        'nginx.ingress.kubernetes.io/proxy-body-size': '17m',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
      },
    },
    spec: {
      ...(ingressClass !== null && { ingressClassName: ingressClass }),
      ...(tlsSecret !== null && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      rules: [
        {
          host,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] },
        },
      ],
    },
  };
}
