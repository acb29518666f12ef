import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type ClusterObject, groupOf } from '@/k8s/cluster/cluster-object';
import type { Kind } from './kinds';
import { Refusal, reasons } from './refusal';

export interface StoredEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: Kind;
  object: ClusterObject;
  version: number;
}

interface DeleteRequest {
  propagation: string;
  uid?: string | undefined;
  resourceVersion?: string | undefined;
}

/** Stands for the finalizer "kubernetes" of a namespace's spec, which goes when nothing is left inside. */
const CONTENTS = 'tests/contents';

/** Objects with versions, generations, finalizers and owners, and the list of what happened to them. */
export function createStore() {
  const objects = new Map<string, { kind: Kind; object: ClusterObject }>();
  const listeners = new Set<(event: StoredEvent) => void>();
  let events: StoredEvent[] = [];
  let version = 100;
  let oldest = 0;

  const key = (kind: Kind, namespace: string | undefined, name: string): string =>
    `${groupOf(kind.apiVersion)}/${kind.kind}/${kind.isNamespaced ? namespace : ''}/${name}`;

  function tell(type: StoredEvent['type'], kind: Kind, object: ClusterObject): void {
    const event = { type, kind, object: structuredClone(object), version };
    events.push(event);
    for (const listener of [...listeners]) listener(event);
  }

  function find(kind: Kind, namespace: string | undefined, name: string): ClusterObject | undefined {
    const found = objects.get(key(kind, namespace, name))?.object;
    return found && structuredClone(found);
  }

  function list(kind: Kind, namespace?: string): ClusterObject[] {
    return [...objects.values()]
      .filter((entry) => entry.kind === kind && (!namespace || entry.object.metadata.namespace === namespace))
      .map(({ object }) => structuredClone(object))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }

  /** Keeps an object; one that is the same as before stays at its version. */
  function put(kind: Kind, next: ClusterObject): ClusterObject {
    const { namespace, name } = next.metadata;
    const place = key(kind, namespace, name);
    const before = objects.get(place)?.object;
    const kept = structuredClone(next);
    if (!before) {
      Object.assign(kept.metadata, {
        uid: randomUUID(),
        creationTimestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        generation: 1,
      });
    } else {
      const { uid, creationTimestamp, generation = 1, deletionTimestamp } = before.metadata;
      const hasNewSpec = !isDeepStrictEqual(desired(before), desired(kept));
      Object.assign(kept.metadata, { uid, creationTimestamp, generation: generation + (hasNewSpec ? 1 : 0) });
      if (deletionTimestamp) kept.metadata.deletionTimestamp = deletionTimestamp;
      kept.metadata.resourceVersion = before.metadata.resourceVersion ?? '';
      if (isDeepStrictEqual(before, kept)) return structuredClone(before);
    }
    version++;
    kept.metadata.resourceVersion = String(version);
    if (kept.metadata.deletionTimestamp && !kept.metadata.finalizers?.length) {
      objects.delete(place);
      tell('DELETED', kind, kept);
      afterDelete(kept);
      return structuredClone(kept);
    }
    objects.set(place, { kind, object: kept });
    tell(before ? 'MODIFIED' : 'ADDED', kind, kept);
    return structuredClone(kept);
  }

  /** https://kubernetes.io/docs/concepts/architecture/garbage-collection/ */
  function remove(kind: Kind, object: ClusterObject, request: DeleteRequest): ClusterObject {
    const { metadata } = object;
    if (request.uid && request.uid !== metadata.uid) {
      throw new Refusal(
        409,
        reasons.conflict,
        `the UID in the precondition (${request.uid}) does not match the UID in record (${metadata.uid})`,
      );
    }
    if (request.resourceVersion && request.resourceVersion !== metadata.resourceVersion) {
      throw new Refusal(409, reasons.conflict, 'the resourceVersion in the precondition does not match');
    }
    const dependents = dependentsOf(metadata.uid);
    if (request.propagation === 'Orphan') {
      for (const { kind: of, object: dependent } of dependents) {
        const ownerReferences = dependent.metadata.ownerReferences?.filter(({ uid }) => uid !== metadata.uid) ?? [];
        put(of, { ...dependent, metadata: { ...dependent.metadata, ownerReferences } });
      }
    }
    if (request.propagation === 'Foreground') {
      for (const dependent of dependents) remove(dependent.kind, dependent.object, { propagation: 'Foreground' });
    }
    const latest = find(kind, metadata.namespace, metadata.name) ?? object;
    if (!latest.metadata.deletionTimestamp) {
      latest.metadata.deletionTimestamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    }
    if (kind.kind === 'Namespace') {
      for (const entry of [...objects.values()]) {
        if (entry.object.metadata.namespace === metadata.name)
          remove(entry.kind, entry.object, { propagation: 'Background' });
      }
      latest.status = { phase: 'Terminating' };
      if (holds(metadata.name)) latest.metadata.finalizers = [...(latest.metadata.finalizers ?? []), CONTENTS];
    }
    return put(kind, latest);
  }

  const dependentsOf = (uid: string | undefined) =>
    [...objects.values()].filter(({ object }) => object.metadata.ownerReferences?.some((owner) => owner.uid === uid));

  const holds = (namespace: string): boolean =>
    [...objects.values()].some(({ object }) => object.metadata.namespace === namespace);

  function afterDelete({ metadata }: ClusterObject): void {
    for (const { kind, object } of dependentsOf(metadata.uid)) remove(kind, object, { propagation: 'Background' });
    const home = [...objects.values()].find(
      ({ kind, object }) => kind.kind === 'Namespace' && object.metadata.name === metadata.namespace,
    );
    if (!home?.object.metadata.deletionTimestamp || holds(home.object.metadata.name)) return;
    const finalizers = home.object.metadata.finalizers?.filter((each) => each !== CONTENTS) ?? [];
    put(home.kind, { ...home.object, metadata: { ...home.object.metadata, finalizers } });
  }

  return {
    find,
    list,
    put,
    remove,
    version: () => version,
    /** What happened after a version, or null when that is forgotten. */
    since: (after: number): StoredEvent[] | null =>
      after < oldest ? null : events.filter((each) => each.version > after),
    /** Forgets what happened so far, as etcd does after some minutes. */
    compact(): void {
      oldest = ++version;
      events = [];
    },
    onEvent(listener: (event: StoredEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Store = ReturnType<typeof createStore>;

const nameOf = ({ metadata }: ClusterObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** What raises the generation: all but metadata and status. */
function desired({ metadata: _metadata, status: _status, ...rest }: ClusterObject): Record<string, unknown> {
  return rest;
}
