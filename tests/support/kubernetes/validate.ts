import { at, type ClusterObject, groupOf } from '@/k8s/cluster/cluster-object';
import type { Kind } from './kinds';
import { Refusal, reasons } from './refusal';

/** Names, and fields that cannot be changed. */
export function validate(kind: Kind, live: ClusterObject | undefined, next: ClusterObject): void {
  const invalid = (field: string, message: string): Refusal =>
    new Refusal(
      422,
      reasons.invalid,
      `${kind.kind}.${groupOf(kind.apiVersion)} "${next.metadata.name}" is invalid: ${field}: ${message}`,
      {
        name: next.metadata.name,
        group: groupOf(kind.apiVersion),
        kind: kind.kind,
        causes: [{ reason: 'FieldValueInvalid', message, field }],
      },
    );
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(next.metadata.name)) {
    throw invalid(
      'metadata.name',
      `Invalid value: "${next.metadata.name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters`,
    );
  }
  if (!live) return;
  const immutable: Record<string, readonly string[]> = {
    Deployment: ['spec.selector'],
    StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
    Job: ['spec.template', 'spec.selector'],
    PersistentVolumeClaim: ['spec.storageClassName', 'spec.accessModes'],
  };
  for (const field of immutable[kind.kind] ?? []) {
    const path = field.split('.');
    if (JSON.stringify(sorted(at(live, ...path))) !== JSON.stringify(sorted(at(next, ...path)))) {
      throw invalid(field, 'Invalid value: field is immutable');
    }
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
