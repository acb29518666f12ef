import { isDeepStrictEqual } from 'node:util';
import type { ClusterObject, ManagedFields } from '@/k8s/cluster/cluster-object';
import { fieldOf, fromFieldsV1, leavesOf, merged, type Path, toFieldsV1, without } from './structure';

export interface Owner {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource?: string | undefined;
}

interface Owned extends Owner {
  apiVersion: string;
  paths: Set<Path>;
}

export interface Conflict {
  manager: string;
  operation: string;
  subresource?: string | undefined;
  apiVersion: string;
  field: string;
}

const isSame = (one: Owner, other: Owner): boolean =>
  one.manager === other.manager && one.operation === other.operation && one.subresource === other.subresource;

function ownersOf(object: ClusterObject | undefined): Owned[] {
  return (object?.metadata.managedFields ?? []).map((entry) => ({
    manager: entry.manager,
    operation: entry.operation,
    subresource: entry.subresource,
    apiVersion: entry.apiVersion,
    paths: fromFieldsV1(entry.fieldsV1 ?? {}),
  }));
}

function withOwners(object: ClusterObject, owners: readonly Owned[]): ClusterObject {
  const managedFields = owners
    .filter(({ paths }) => paths.size > 0)
    .map(({ manager, operation, subresource, apiVersion, paths }): ManagedFields & { fieldsType: string } => ({
      manager,
      operation,
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(paths),
      ...(subresource && { subresource }),
    }));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

interface ApplyRequest {
  live: ClusterObject | undefined;
  applied: ClusterObject;
  manager: string;
  isForced: boolean;
  isCustom: boolean;
}

/**
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/: what is applied is merged in; what the manager
 * applied before and now leaves out goes when nobody else owns it; other values of others are conflicts.
 */
export function applyServerSide(request: ApplyRequest): ClusterObject | Conflict[] {
  const { live, applied, manager, isForced, isCustom } = request;
  const me: Owner = { manager, operation: 'Apply', subresource: undefined };
  const owners = ownersOf(live);
  const mine = owners.find((owner) => isSame(owner, me));
  const others = owners.filter((owner) => owner !== mine);
  const wanted = leavesOf(applied, isCustom);
  const present = live ? leavesOf(live, isCustom) : new Map<Path, unknown>();

  const conflicts: Conflict[] = [];
  for (const other of others) {
    for (const [path, value] of wanted) {
      if (!other.paths.has(path) || isDeepStrictEqual(present.get(path), value)) continue;
      if (isForced) other.paths.delete(path);
      else conflicts.push({ ...other, field: fieldOf(path) });
    }
  }
  if (conflicts.length > 0) return conflicts;

  const kept = new Set([...wanted.keys(), ...others.flatMap(({ paths }) => [...paths])]);
  const dropped = new Set([...(mine?.paths ?? [])].filter((path) => !kept.has(path)));
  const base = live ? (without(live, dropped, kept, isCustom) as ClusterObject) : undefined;
  const result = base ? (merged(base, applied, isCustom) as ClusterObject) : applied;
  const entry = { ...me, apiVersion: applied.apiVersion, paths: new Set(wanted.keys()) };
  return withOwners(result, mine ? owners.map((owner) => (owner === mine ? entry : owner)) : [...owners, entry]);
}

/** Who changes a field by another way than apply becomes its only owner. */
export function ownChanges(
  live: ClusterObject | undefined,
  next: ClusterObject,
  owner: Owner,
  isCustom: boolean,
): ClusterObject {
  const before = live ? leavesOf(live, isCustom) : new Map<Path, unknown>();
  const after = leavesOf(next, isCustom);
  const changed = [...after].flatMap(([path, value]) =>
    before.has(path) && isDeepStrictEqual(before.get(path), value) ? [] : [path],
  );
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const owners = ownersOf(live);
  for (const each of owners) for (const path of [...changed, ...gone]) each.paths.delete(path);
  const known = owners.find((each) => isSame(each, owner));
  if (known) for (const path of changed) known.paths.add(path);
  else owners.push({ ...owner, apiVersion: next.apiVersion, paths: new Set(changed) });
  return withOwners(next, owners);
}
