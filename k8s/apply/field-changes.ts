import { isDeepStrictEqual } from 'node:util';
import { at, type ClusterObject, isMap } from '../cluster/cluster-object';

export interface FieldChange {
  /** As `.spec.replicas`. */
  field: string;
  /** As JSON; null where there was none. Values of a Secret are masked. */
  from: string | null;
  to: string | null;
}

const MASK = '••••••';
/** Written by the server. */
const ITS_OWN = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];
const LONGEST = 160;
const BEFORE = 40;

/** What differs between an object as it is and as it would be. */
export function fieldChanges(live: ClusterObject | null, next: ClusterObject): FieldChange[] {
  const changes: FieldChange[] = [];
  const isSecret = next.kind === 'Secret';
  compare(live ? wanted(live) : {}, wanted(next), '', (field, from, to) => {
    const isMasked = isSecret && /^\.(?:data|stringData)(?:\.|$)/.test(field);
    const show = (value: unknown): string | null =>
      value === undefined ? null : isMasked ? masked(value) : JSON.stringify(value);
    changes.push({ field, ...shortened(show(from), show(to)) });
  });
  return changes;
}

/** Long texts from a little before where they differ. */
function shortened(from: string | null, to: string | null): Pick<FieldChange, 'from' | 'to'> {
  if (Math.max(from?.length ?? 0, to?.length ?? 0) <= LONGEST) return { from, to };
  let start = 0;
  while (from && to && start < from.length && from[start] === to[start]) start++;
  start = Math.max(0, start - BEFORE);
  const part = (text: string | null): string | null => {
    if (text === null) return null;
    const end = start + LONGEST;
    return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  };
  return { from: part(from), to: part(to) };
}

/** Names of keys may be read, values may not. */
function masked(value: unknown): string {
  if (typeof value !== 'object' || value === null) return MASK;
  return JSON.stringify(Object.fromEntries(Object.keys(value).map((key) => [key, MASK])));
}

function wanted({ status: _status, metadata, ...rest }: ClusterObject): Record<string, unknown> {
  const own = Object.entries(metadata).filter(([name]) => !ITS_OWN.includes(name));
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    // Holds the whole object once more, values of Secrets with it.
    ([name]) => name !== 'kubectl.kubernetes.io/last-applied-configuration',
  );
  const kept = annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {};
  return { ...rest, metadata: { ...Object.fromEntries(own.filter(([name]) => name !== 'annotations')), ...kept } };
}

type Tell = (field: string, from: unknown, to: unknown) => void;

function compare(from: unknown, to: unknown, field: string, tell: Tell): void {
  if (isDeepStrictEqual(from, to)) return;
  if (isMap(from) && isMap(to)) {
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
      compare(from[name], to[name], `${field}.${name}`, tell);
    }
    return;
  }
  if (Array.isArray(from) && Array.isArray(to) && hasNames(from) && hasNames(to)) {
    const names = new Set([...from, ...to].map((item) => String(at(item, 'name'))));
    for (const name of names) {
      const find = (list: readonly unknown[]) => list.find((item) => at(item, 'name') === name);
      compare(find(from), find(to), `${field}[${name}]`, tell);
    }
    return;
  }
  tell(field, from, to);
}

const hasNames = (list: readonly unknown[]): boolean => list.every((item) => typeof at(item, 'name') === 'string');
