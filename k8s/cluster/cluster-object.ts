/** Who set which fields, as the server keeps it: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export interface ManagedFields {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}

/** An object as JSON has it: no field is dropped, moments are texts. */
export interface ClusterObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    ownerReferences?: { uid: string; kind: string; name: string }[];
    managedFields?: ManagedFields[];
  };
  [field: string]: unknown;
}

/** What names an object. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  /** Absent for objects of the whole cluster. */
  namespace?: string | undefined;
}

interface Named {
  apiVersion?: string | undefined;
  kind?: string | undefined;
  metadata?: { name?: string | undefined; namespace?: string | undefined } | undefined;
}

/** Throws a TypeError for what has no name: builders always give one. */
export function referenceOf({ apiVersion, kind, metadata }: Named): ObjectReference {
  if (!apiVersion || !kind || !metadata?.name) throw new TypeError('an object has no apiVersion, kind or name');
  return { apiVersion, kind, name: metadata.name, ...(metadata.namespace && { namespace: metadata.namespace }) };
}

/** The group of an API version; that of the core is empty. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** As people name it: `Deployment elder/web`. */
export function labelOf({ kind, namespace, name }: Pick<ObjectReference, 'kind' | 'namespace' | 'name'>): string {
  return namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
}

/** One text for each object, whichever version of its API it is asked by. */
export function keyOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;
}

/** Each object once, where it is first named. */
export function uniqueReferences(references: readonly ObjectReference[]): ObjectReference[] {
  const first = new Map<string, ObjectReference>();
  for (const reference of references) if (!first.has(keyOf(reference))) first.set(keyOf(reference), reference);
  return [...first.values()];
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of names, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}
