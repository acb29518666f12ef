import type { Manifest } from './manifest';
import { type Component, metadataOf, nameOf, selectorOf } from './names';
import type { Site } from './site';

/** A node that is drained takes one pod of a part at a time. Counted from those that are there, so one replica can move too. */
export function disruptionBudget({ configuration }: Site, component: Component): Manifest & { spec: object } {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(configuration, nameOf(configuration, component), component),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorOf(configuration, component) },
    },
  };
}
