import { at, type ClusterObject, groupOf, type ObjectReference } from '../cluster/cluster-object';

const OWN_LABEL = 'app.kubernetes.io/managed-by';
const OWNER = 'ancient-elder';

/** The object with the label by which it is known as ours. */
export function owned(object: ClusterObject): ClusterObject {
  const labels = { ...object.metadata.labels, [OWN_LABEL]: OWNER };
  return { ...object, metadata: { ...object.metadata, labels } };
}

function isOwned(object: ClusterObject): boolean {
  return object.metadata.labels?.[OWN_LABEL] === OWNER;
}

const DATA_KINDS: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'PersistentVolume', 'Secret', 'Namespace']);
/** Operators that delete data together with the object that asks for it. */
const DATA_GROUPS: ReadonlySet<string> = new Set([
  'postgresql.cnpg.io',
  'redis.redis.opstreelabs.in',
  'snapshot.storage.k8s.io',
  'seaweed.seaweedfs.com',
]);

/** Whether data, or the key to it, goes with the object. */
function holdsData({ apiVersion, kind }: Pick<ObjectReference, 'apiVersion' | 'kind'>): boolean {
  return DATA_KINDS.has(kind) || DATA_GROUPS.has(groupOf(apiVersion));
}

/** Whether an object is left alone where it is to go: what is not ours, and data that was not asked for. */
export function staysBehind(reference: ObjectReference, live: ClusterObject, withData: boolean): boolean {
  return !isOwned(live) || (!withData && (holdsData(reference) || deletesClaims(live)));
}

/** A StatefulSet may say that its claims go with it. */
function deletesClaims(object: ClusterObject): boolean {
  return at(object, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
}
