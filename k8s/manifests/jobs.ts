import { createHash } from 'node:crypto';
import type { V1Container } from '@kubernetes/client-node';
import type { PlannedObject } from '../phase';
import type { Manifest } from './manifest';
import { type Component, labelsOf, metadataOf, nameOf } from './names';
import { podSpec } from './pods';
import { productVolumes } from './programs';
import type { Site } from './site';

export interface Job extends Manifest {
  spec: Record<string, unknown>;
}

interface JobOptions {
  name: string;
  component: Component;
  container: V1Container;
  initContainers?: V1Container[];
  /** Seconds after which it has failed, with all its tries. */
  deadlineSeconds: number;
}

/** Something of ours that runs once. Kept for a day, so that its log can be read. */
export function job(site: Site, { name, component, container, initContainers, deadlineSeconds }: JobOptions): Job {
  const { configuration } = site;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(configuration, nameOf(configuration, name), component),
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: deadlineSeconds,
      ttlSecondsAfterFinished: 86_400,
      template: {
        metadata: { labels: labelsOf(configuration, component) },
        spec: podSpec(configuration, {
          component,
          serviceAccount: nameOf(configuration, 'job'),
          user: configuration.security.runAsUser,
          containers: [container],
          ...(initContainers && { initContainers }),
          volumes: productVolumes(site, '1Gi'),
          graceSeconds: 30,
          isJob: true,
        }),
      },
    },
  };
}

/** What a Job does cannot be changed: one that is to do something else is another one, by name. */
export function withNameOfWork(item: PlannedObject): PlannedObject {
  const { object } = item;
  if (object.kind !== 'Job') return item;
  const hash = createHash('sha256')
    .update(JSON.stringify((object as Job).spec))
    .digest('hex')
    .slice(0, 8);
  return { ...item, object: renamed(object as Job, hash) };
}

export function renamed(object: Job, suffix: string): Job {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-${suffix}` } };
}
