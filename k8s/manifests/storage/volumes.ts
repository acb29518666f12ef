import type { Manifest } from '../manifest';
import { type Component, metadataOf, nameOf } from '../names';
import type { Site } from '../site';

interface Claim extends Manifest {
  spec: { accessModes: string[]; resources: { requests: { storage: string } }; storageClassName?: string };
}

/** A volume apart from its StatefulSet: what is deleted with one leaves the data. */
export function claim({ configuration }: Site, component: Component, size: string, storageClass: string | null): Claim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadataOf(configuration, nameOf(configuration, `${component}-data`), component),
    spec: { ...claimSpec(size), ...(storageClass !== null && { storageClassName: storageClass }) },
  };
}

function claimSpec(size: string) {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } };
}

/** The volume of `claim` in a pod. */
export function claimedVolume({ configuration }: Site, component: Component, name = 'data') {
  return { name, persistentVolumeClaim: { claimName: nameOf(configuration, `${component}-data`) } };
}
