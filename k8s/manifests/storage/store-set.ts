import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { Manifest } from '../manifest';
import { type Component, labelsOf, metadataOf, nameOf, selectorOf } from '../names';
import { podSpec } from '../pods';
import type { Site } from '../site';

interface Store {
  component: Component;
  port: number;
  portName: string;
  user: number;
  container: V1Container;
  volumes: NonNullable<V1PodSpec['volumes']>;
  graceSeconds: number;
}

interface Workload extends Manifest {
  spec: object;
}

/** One pod with one volume, and the service by which the others find it. */
export function storeSet({ configuration }: Site, store: Store): [service: Workload, set: Workload] {
  const { component, port, portName, user, container, volumes, graceSeconds } = store;
  const name = nameOf(configuration, component);
  const selector = selectorOf(configuration, component);
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(configuration, name, component),
    spec: { clusterIP: 'None', selector, ports: [{ name: portName, port, targetPort: portName, protocol: 'TCP' }] },
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(configuration, name, component),
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: labelsOf(configuration, component) },
        spec: podSpec(configuration, {
          component,
          serviceAccount: nameOf(configuration, 'store'),
          user,
          containers: [container],
          volumes,
          graceSeconds,
        }),
      },
    },
  };
  return [service, set];
}
